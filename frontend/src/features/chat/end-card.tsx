import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Chat } from '../../shared/api/types';
import { urls } from '../../shared/urls';

export function EndCard({ chatId, outcome }: { chatId: string; outcome: Chat['outcome'] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className="end-card" aria-live="polite">
      <strong>{t('end.title')}</strong>
      <p>{outcome ? t(`outcome.${outcome}`) : t('end.detail')}</p>
      <Button type="primary" size="large" data-testid="to-scorecard" onClick={() => void navigate(urls.scorecard.to(chatId))}>
        {t('end.toScorecard')}
      </Button>
    </section>
  );
}
