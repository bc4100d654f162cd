import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { teamChatQuery } from './api/get-team-chat';
import { Reading } from './reading';

/** A chat of one's own people, to be read: the scorecard as its agent sees it. */
export function TeamChatPage() {
  const { t } = useTranslation();
  const { chatId = '' } = useParams();
  const agent = nameIn(useLocation().state) ?? t('team.agent');
  const review = useQuery(teamChatQuery(chatId));
  usePageTitle(review.data ? `${agent} ${review.data.chat.title}` : t('score.title'));
  return (
    <>
      <nav className="team-chat-crumbs" aria-label={t('course.where')}>
        <Link to={urls.teamChats.to()}>{t('place.teamChats')}</Link>
      </nav>
      {review.data ? (
        <Reading key={chatId} review={review.data} agent={agent} />
      ) : (
        <div className="page">
          <h1 className="sr-only">{t('score.title')}</h1>
          {review.error ? (
            <FaultNote fault={review.error} onRetry={statusOf(review.error) === 404 ? undefined : () => void review.refetch()} retrying={review.isFetching} />
          ) : (
            <Skeleton rows={3} height={220} />
          )}
        </div>
      )}
    </>
  );
}

/** The list one came from has told the name. */
function nameIn(state: unknown): string | undefined {
  return typeof state === 'object' && state !== null && 'personName' in state && typeof state.personName === 'string' ? state.personName : undefined;
}
