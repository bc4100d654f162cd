import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { chatQuery } from './api/get-chat';
import { Workbench } from './workbench';

export function WorkbenchPage() {
  const { t } = useTranslation();
  const { chatId = '' } = useParams();
  const chat = useQuery(chatQuery(chatId));
  usePageTitle(chat.data?.title ?? t('chat.title'));

  if (chat.data) return <Workbench key={chatId} chat={chat.data} receivedAt={chat.dataUpdatedAt} onMissed={() => void chat.refetch()} />;
  return (
    <div className="page">
      <h1 className="sr-only">{t('chat.title')}</h1>
      {chat.error ? (
        <div style={{ display: 'grid', gap: 16, maxWidth: 640 }}>
          <FaultNote fault={chat.error} onRetry={statusOf(chat.error) === 404 ? undefined : () => void chat.refetch()} retrying={chat.isFetching} />
          <Link to={urls.hall.to()}>{t('action.toHall')}</Link>
        </div>
      ) : (
        <Skeleton rows={4} height={88} />
      )}
    </div>
  );
}
