import { useTranslation } from 'react-i18next';
import type { Standing } from '../../shared/api/types';
import { Clauses } from '../../shared/ui/standing/clauses';
import { Rungs } from '../../shared/ui/standing/rungs';

export function MyLadder({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  return (
    <>
      <Rungs standing={standing} />
      {standing.next ? (
        <div className="today-next">
          <h3>{t('ladder.toNext', { tier: standing.next.title })}</h3>
          <Clauses next={standing.next} />
        </div>
      ) : (
        <p className="soft">{t('ladder.top')}</p>
      )}
    </>
  );
}
