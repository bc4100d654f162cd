import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { chooseLanguage, currentLanguage } from '../../shared/locale/language';
import { useSession } from '../../shared/session/session';
import { FaultNote } from '../../shared/ui/fault-note';
import { Mark } from '../../shared/ui/mark';
import { insideApp } from '../../shared/urls';
import { serverQuery } from './api/get-server';
import { signIn } from './api/sign-in';
import { SignInForm } from './sign-in-form';
import './sign-in-page.css';

export function SignInPage() {
  const { t } = useTranslation();
  usePageTitle(t('signIn.enter'));
  const session = useSession();
  const [params] = useSearchParams();
  const server = useQuery(serverQuery);
  const entering = useMutation({ mutationFn: signIn });
  const [chosen, setChosen] = useState<string>();

  if (session.phase === 'in') return <Navigate to={insideApp(params.get('next'))} replace />;

  function submit(person: { login: string; password: string }) {
    setChosen(undefined);
    entering.mutate(person);
  }

  const other = currentLanguage() === 'zh-CN' ? 'en' : 'zh-CN';
  const people = server.data?.demo ? server.data.demoPeople : [];
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <button type="button" className="sign-in-language" lang={other} onClick={() => void chooseLanguage(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      <main className={people.length > 0 ? 'sign-in-main with-people' : 'sign-in-main'}>
        <section className="sign-in-form">
          <div className="sign-in-brand">
            <Mark size={44} />
            <div>
              <h1>{t('app.name')}</h1>
              <p className="soft">{t('app.promise')}</p>
            </div>
          </div>
          {session.phase === 'out' && session.reason === 'expired' && !entering.error && (
            <p className="sign-in-expired" role="status">
              {t('signIn.expired')}
            </p>
          )}
          <SignInForm busy={entering.isPending && !chosen} disabled={entering.isPending} fault={entering.error} onSubmit={submit} />
        </section>
        {server.error && (
          <section className="sign-in-demo">
            <FaultNote fault={server.error} onRetry={() => void server.refetch()} retrying={server.isFetching} />
          </section>
        )}
        {people.length > 0 && (
          <section className="sign-in-demo" aria-labelledby="demo-title">
            <h2 id="demo-title">{t('signIn.demo')}</h2>
            <p className="soft">{t('signIn.demoHint')}</p>
            <ul>
              {people.map((person) => (
                <li key={person.login}>
                  <button
                    type="button"
                    className="demo-person"
                    data-testid={`demo-person-${person.login}`}
                    disabled={entering.isPending}
                    aria-busy={chosen === person.login && entering.isPending}
                    onClick={() => {
                      setChosen(person.login);
                      entering.mutate({ login: person.login, password: person.password });
                    }}
                  >
                    <span className="demo-initial" aria-hidden="true">
                      {Array.from(person.name)[0]}
                    </span>
                    <span className="demo-words">
                      <strong>{person.name}</strong>
                      <span>{person.roles.map((role) => t(`role.${role}`)).join(t('list.comma'))}</span>
                    </span>
                    <span className="demo-go" aria-hidden="true">
                      →
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
      <footer className="faint">
        {server.data ? `${server.data.name} ${server.data.version}` : ' '}
      </footer>
    </div>
  );
}
