import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportReport } from '../../shared/api/types';
import { saveText } from '../../shared/lib/save-text';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import '../../shared/ui/field.css';
import '../../shared/ui/form-row.css';
import { urls } from '../../shared/urls';
import { importPeople } from './api/import-people';
import { peopleKey } from './api/list-people';
import { FileDrop } from './file-drop';
import { complaintAbout, templateText } from './import-file';
import { ImportLinks } from './import-links';
import { ImportProblems } from './import-problems';
import './people.css';
import './person-page.css';
import './import-page.css';

/** Many people at once: look first, store second, hand out the links third. */
export function ImportPage() {
  const { t } = useTranslation();
  usePageTitle(t('import.title'));
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const looking = useMutation({ mutationFn: importPeople });
  const storing = useMutation({
    mutationFn: importPeople,
    gcTime: 0,
    onSuccess: (report) => {
      if (!report.stored) return;
      void queries.invalidateQueries({ queryKey: peopleKey });
      void queries.invalidateQueries({ queryKey: ['teams'] });
    },
  });
  const complaint = file && complaintAbout(file);
  const report: ImportReport | undefined = storing.data ?? looking.data;
  const stored = storing.data?.stored === true;

  function choose(next: File | undefined) {
    setFile(next);
    looking.reset();
    storing.reset();
  }

  return (
    <div className="page import-page">
      <nav aria-label={t('person.path')} className="crumbs">
        <Link to={urls.people.to()}>{t('place.people')}</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{t('import.title')}</span>
      </nav>
      <div className="page-head">
        <h1>{t('import.title')}</h1>
        <p className="soft">{t('import.hint')}</p>
      </div>
      {!stored && (
        <section className="card import-card" aria-labelledby="import-file-title">
          <h2 id="import-file-title">{t('import.file')}</h2>
          <FileDrop file={file} onFile={choose} />
          <p className="soft">
            {t('import.format')}{' '}
            <button type="button" className="import-template" onClick={() => saveText('people.csv', templateText, 'text/csv')}>
              {t('import.template')}
            </button>
          </p>
          {complaint && (
            <p className="field-note" role="alert">
              {t(`import.complaint.${complaint}`)}
            </p>
          )}
          <div className="form-end">
            <Button
              type={looking.data ? 'default' : 'primary'}
              disabled={!file || complaint !== undefined || storing.isPending}
              loading={looking.isPending}
              onClick={() => {
                if (!file) return;
                storing.reset();
                looking.mutate({ file, dryRun: true });
              }}
              data-testid="import-run"
            >
              {t(looking.data ? 'import.lookAgain' : 'import.look')}
            </Button>
            <span className="soft">{t('import.lookDetail')}</span>
          </div>
          {looking.error && <FaultNote fault={looking.error} onRetry={() => file && looking.mutate({ file, dryRun: true })} retrying={looking.isPending} />}
        </section>
      )}
      {report && report.problems.length > 0 && <ImportProblems problems={report.problems} />}
      {report && report.problems.length === 0 && !stored && (
        <section className="card import-card" aria-labelledby="import-preview-title" data-testid="import-preview">
          <h2 id="import-preview-title">{t('import.ready', { count: report.rows })}</h2>
          {report.rows === 0 ? (
            <p className="soft">{t('import.nobody')}</p>
          ) : (
            <>
              <p className="soft">{t('import.readyDetail')}</p>
              <ul className="import-preview">
                {report.people.slice(0, 12).map((person) => (
                  <li key={person.line}>
                    {person.name} <span className="faint">{person.login}</span>
                  </li>
                ))}
                {report.people.length > 12 && <li className="soft">{t('import.andMore', { count: report.people.length - 12 })}</li>}
              </ul>
              <div className="form-end">
                <Button type="primary" loading={storing.isPending} onClick={() => file && storing.mutate({ file, dryRun: false })} data-testid="import-store">
                  {t('import.store', { count: report.rows })}
                </Button>
              </div>
            </>
          )}
          {storing.error && (
            <>
              <FaultNote fault={storing.error} />
              <p className="soft">{t('import.unsure')}</p>
            </>
          )}
        </section>
      )}
      {storing.data?.stored && <ImportLinks people={storing.data.people} onAgain={() => choose(undefined)} />}
    </div>
  );
}
