import { useTranslation } from 'react-i18next';
import type { ImportProblem } from '../../shared/api/types';

const listed = 200;

/** What stands in the way, by line and column, with what to do. */
export function ImportProblems({ problems }: { problems: readonly ImportProblem[] }) {
  const { t } = useTranslation();
  return (
    <section className="card import-card" aria-labelledby="import-problems-title" data-testid="import-problems">
      <div role="alert">
        <h2 id="import-problems-title">
          {problems.length >= listed ? t('import.problemsMany', { count: listed }) : t('import.problems', { count: problems.length })}
        </h2>
      </div>
      <p className="soft">{t('import.problemsDetail')}</p>
      <div className="import-scroll" tabIndex={0} role="group" aria-labelledby="import-problems-title">
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.todo')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, at) => (
              <tr key={at}>
                <td>{problem.line === 0 ? t('import.wholeFile') : problem.line}</td>
                <td>{problem.column === 0 ? (problem.line === 0 ? '' : t('import.wholeLine')) : problem.column}</td>
                <td>{problem.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
