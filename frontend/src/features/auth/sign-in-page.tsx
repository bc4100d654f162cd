import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { chooseLanguage, currentLanguage } from '../../shared/locale/language';
import { useSession } from '../../shared/session/session';
import { FaultNote } from '../../shared/ui/fault-note';
import { Mark } from '../../shared/ui/mark';
import { insideApp } from '../../shared/urls';
import { serverQuery } from './api/get-server';
import { signIn } from './api/sign-in';
import './sign-in-page.css';

export function SignInPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [params] = useSearchParams();
  const server = useQuery(serverQuery);
  const entering = useMutation({ mutationFn: signIn });
  const [chosen, setChosen] = useState<string>();

  if (session.phase === 'in') return <Navigate to={insideApp(params.get('next'))} replace />;

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
          <Form
            layout="vertical"
            requiredMark={false}
            disabled={entering.isPending}
            onFinish={(values: { login: string; password: string }) => {
              setChosen(undefined);
              entering.mutate({ login: values.login.trim(), password: values.password });
            }}
          >
            <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true, whitespace: true, message: t('signIn.loginNeeded') }]}>
              <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} size="large" data-testid="login" />
            </Form.Item>
            <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordNeeded') }]}>
              <Input type="password" autoComplete="current-password" maxLength={200} size="large" data-testid="password" />
            </Form.Item>
            {entering.error && (
              <div className="sign-in-fault">
                <FaultNote fault={entering.error} />
              </div>
            )}
            <Button type="primary" htmlType="submit" size="large" block loading={entering.isPending && !chosen} data-testid="sign-in">
              {t('signIn.enter')}
            </Button>
          </Form>
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
