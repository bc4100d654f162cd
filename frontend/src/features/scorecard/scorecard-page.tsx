import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { scorecardQuery } from './api/get-scorecard';
import { Reading } from './reading';

export function ScorecardPage() {
  const { t } = useTranslation();
  const { chatId = '' } = useParams();
  const review = useQuery(scorecardQuery(chatId));
  usePageTitle(review.data ? `${t('score.title')} ${review.data.chat.title}` : t('score.title'));
  if (review.data) return <Reading key={chatId} review={review.data} />;
  const status = statusOf(review.error);
  return (
    <div className="page">
      <h1 className="sr-only">{t('score.title')}</h1>
      {review.error ? (
        <div style={{ display: 'grid', gap: 16, maxWidth: 640 }}>
          <FaultNote fault={review.error} onRetry={status === 404 ? undefined : () => void review.refetch()} retrying={review.isFetching} />
          {status === 409 && <Link to={urls.chat.to(chatId)}>{t('action.toChat')}</Link>}
          <Link to={urls.hall.to()}>{t('action.toHall')}</Link>
        </div>
      ) : (
        <Skeleton rows={3} height={220} />
      )}
    </div>
  );
}
