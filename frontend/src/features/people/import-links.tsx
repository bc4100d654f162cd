import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportedPerson } from '../../shared/api/types';
import { saveText } from '../../shared/lib/save-text';
import { fullTime } from '../../shared/lib/when';
import { urls } from '../../shared/urls';
import { csvText } from './import-file';
import { wholeAddress } from './whole-address';

interface Props {
  people: readonly ImportedPerson[];
  onAgain: () => void;
}

/** The links of everybody who was imported, to be printed and handed out. They are shown this once. */
export function ImportLinks({ people, onAgain }: Props) {
  const { t } = useTranslation();

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);

  const expires = people.find((person) => person.link)?.link?.expiresAt;

  function save() {
    const head = [t('account.name'), t('account.login'), t('import.link')];
    const rows = people.map((person) => [person.name, person.login, person.link ? wholeAddress(person.link.path) : '']);
    saveText('links.csv', csvText([head, ...rows]), 'text/csv');
  }

  return (
    <section className="card import-card import-links" aria-labelledby="import-links-title" data-testid="import-links">
      <div role="status">
        <h2 id="import-links-title">{t('import.stored', { count: people.length })}</h2>
      </div>
      <p className="link-once-note">{expires ? t('import.storedDetail', { time: fullTime(expires) }) : t('import.storedPlain')}</p>
      <div className="form-end import-tools">
        <Button type="primary" onClick={() => window.print()} data-testid="import-print">
          {t('import.print')}
        </Button>
        <Button onClick={save}>{t('import.save')}</Button>
        <Button onClick={onAgain}>{t('import.again')}</Button>
        <Link to={urls.people.to({ status: 'invited' })}>{t('import.toPeople')}</Link>
      </div>
      <div className="import-scroll" tabIndex={0} role="group" aria-labelledby="import-links-title">
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('account.name')}</th>
              <th scope="col">{t('account.login')}</th>
              <th scope="col">{t('import.link')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.line} data-testid={`imported-${person.login}`}>
                <td>{person.name}</td>
                <td>{person.login}</td>
                <td>{person.link && <code>{wholeAddress(person.link.path)}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
