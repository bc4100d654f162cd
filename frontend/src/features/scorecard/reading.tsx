import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence, Review } from '../../shared/api/types';
import { fullTime } from '../../shared/lib/when';
import { Criteria } from './criteria';
import { Digests, ReplyTimes } from './facts';
import { marksOf } from './marks';
import { MoodLine } from './mood-line';
import { ScoreLines } from './score-lines';
import { Transcript, type Shown } from './transcript';
import { Verdict } from './verdict';
import { Violations } from './violations';
import './scorecard-page.css';

interface Props {
  review: Review;
  /** The name of the agent where the reader is somebody else: then it is only read, and nothing leads to one's own practice. */
  agent?: string;
}

/** A scorecard with everything that explains it. */
export function Reading({ review, agent }: Props) {
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
          {agent ? t('team.reviewOf', { name: agent }) : t('score.title')} · {chat.platformName} · {t(`stage.${chat.stage}`)} · {fullTime(chat.endedAt ?? chat.startedAt)}
        </p>
      </div>
      <div className="score-stack">
        <Verdict review={review} own={agent === undefined} />
        <Transcript agent={agent} chat={chat} marks={marks} mood={mood} shown={shown} onShow={setShown} onEvidence={(at) => toEvidence(at, shown)} />
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
