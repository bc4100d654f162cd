import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { statusOf } from '../../shared/api/fault';
import type { Evidence, Review } from '../../shared/api/types';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { fullTime } from '../../shared/lib/when';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { urls } from '../../shared/urls';
import { scorecardQuery } from './api/get-scorecard';
import { Criteria } from './criteria';
import { Digests, ReplyTimes } from './facts';
import { marksOf } from './marks';
import { MoodLine } from './mood-line';
import { ScoreLines } from './score-lines';
import { Transcript, type Shown } from './transcript';
import { Verdict } from './verdict';
import { Violations } from './violations';
import './scorecard-page.css';

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

function Reading({ review }: { review: Review }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('all');
  const { chat, scorecard, mood } = review;
  const marks = useMemo(() => marksOf(scorecard), [scorecard]);

  function toEvidence(at: Pick<Evidence, 'seq' | 'start'>, keep: Shown = 'all') {
    setShown(keep);
    // After the filter has let the highlight in again.
    requestAnimationFrame(() => {
      const turn = document.getElementById(`turn-${at.seq}`);
      if (keep === 'all') turn?.scrollIntoView({ block: 'center' });
      turn?.querySelector<HTMLElement>(`[data-place="${at.seq}:${at.start}"]`)?.focus({ preventScroll: true });
    });
  }

  return (
    <div className="page score-page">
      <div className="page-head">
        <h1>{chat.title}</h1>
        <p className="soft">
          {t('score.title')} · {chat.platformName} · {t(`stage.${chat.stage}`)} · {fullTime(chat.endedAt ?? chat.startedAt)}
        </p>
      </div>
      <div className="score-stack">
        <Verdict review={review} />
        <Transcript chat={chat} marks={marks} mood={mood} shown={shown} onShow={setShown} onEvidence={(at) => toEvidence(at, shown)} />
        <div className="score-pair">
          <MoodLine points={mood} />
          <ReplyTimes replies={scorecard.replies} />
        </div>
        <Violations violations={scorecard.violations} onEvidence={toEvidence} />
        <Criteria criteria={scorecard.criteria} onEvidence={toEvidence} />
        <ScoreLines card={scorecard} onEvidence={toEvidence} />
        <Digests card={scorecard} />
      </div>
    </div>
  );
}
