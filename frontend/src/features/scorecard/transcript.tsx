import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat, MoodPoint } from '../../shared/api/types';
import { signedPoints } from '../../shared/lib/points';
import { useMargin } from '../../shared/lib/use-media';
import { clockTime } from '../../shared/lib/when';
import { ChipGroup } from '../../shared/ui/chip-group';
import { Highlight } from './highlight';
import { grouped, marksOfMessage, readableRef, type Mark, type MarkKind } from './marks';
import { cut } from './spans';

export type Shown = MarkKind | 'all';

interface Props {
  /** Whose lines these are when they are not the reader's own. */
  agent: string | undefined;
  chat: Chat;
  marks: readonly Mark[];
  mood: readonly MoodPoint[];
  shown: Shown;
  onShow: (shown: Shown) => void;
  onEvidence: (at: Pick<Mark, 'seq' | 'start'>) => void;
}

export function Transcript({ agent, chat, marks, mood, shown, onShow, onEvidence }: Props) {
  const { t } = useTranslation();
  const margin = useMargin();
  const [active, setActive] = useState<string>();
  const count = (kind: MarkKind) => grouped(marks.filter((mark) => mark.kind === kind)).length;
  return (
    <section className="card score-card" aria-labelledby="transcript-title">
      <header className="score-card-head">
        <h2 id="transcript-title">{t('score.transcript')}</h2>
        <ChipGroup<Shown>
          label={t('score.show')}
          value={shown}
          onChange={onShow}
          options={[
            { value: 'all', label: t('filter.all') },
            { value: 'gain', label: `+ ${t('score.gains')} ${count('gain')}` },
            { value: 'loss', label: `− ${t('score.losses')} ${count('loss')}` },
          ]}
        />
      </header>
      <p className="faint score-legend">
        <span className="highlight gain">{t('score.legendGain')}</span>
        <span className="highlight loss">{t('score.legendLoss')}</span>
        <span>{t('score.legendHint')}</span>
      </p>
      <ol className="turns">
        {chat.messages.map((message) => {
          const notes = marksOfMessage(marks, message.seq, shown);
          // Without a margin, only what has no words to underline stands beside the message.
          const beside = margin ? notes : notes.filter((mark) => mark.start >= mark.end);
          const feeling = mood.find((point) => point.seq === message.seq)?.mood;
          return (
            <li key={message.seq} id={`turn-${message.seq}`} className={`turn ${message.role}`}>
              <div className="turn-said">
                <p className="turn-meta">
                  <span className="turn-seq">{message.seq}</span>
                  <strong>{message.role === 'buyer' ? chat.buyer.name : (agent ?? t('chat.you'))}</strong>
                  <time dateTime={message.at}>{clockTime(message.at)}</time>
                  {message.crossed && <span className="crossed-note">{t('chat.crossed')}</span>}
                  {feeling !== undefined && <span>{t('score.moodIs', { mood: feeling })}</span>}
                </p>
                <div className="turn-text">
                  {cut(message.text, notes).map((segment) =>
                    segment.spans.length === 0 ? (
                      <span key={segment.start}>{segment.text}</span>
                    ) : (
                      <Highlight key={segment.start} segment={segment} seq={message.seq} active={segment.spans.some((mark) => mark.group === active)} />
                    ),
                  )}
                </div>
              </div>
              {beside.length > 0 && (
                <ul className="margin-notes">
                  {grouped(beside).map((group) => (
                    <MarginNote key={group[0]?.id} marks={group} onHover={setActive} onEvidence={onEvidence} />
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface NoteProps {
  /** All places of one gain or loss in this message; at least one. */
  marks: readonly Mark[];
  onHover: (group: string | undefined) => void;
  onEvidence: Props['onEvidence'];
}

function MarginNote({ marks, onHover, onEvidence }: NoteProps) {
  const { t } = useTranslation();
  const [mark] = marks;
  if (!mark) return null;
  const counted = marks.some((one) => one.first) && mark.points !== undefined && mark.points !== 0;
  return (
    <li className={`margin-note ${mark.kind}`} onMouseEnter={() => onHover(mark.group)} onMouseLeave={() => onHover(undefined)}>
      <span className={`sign ${mark.kind}`}>
        <span aria-hidden="true">{mark.kind === 'gain' ? '+' : '−'}</span>
        <span className="sr-only">{t(mark.kind === 'gain' ? 'score.gain' : 'score.loss')}</span>
      </span>
      <span className="margin-title">
        {/* For the mouse; the keyboard has the highlights themselves. */}
        <button type="button" className="margin-open" tabIndex={-1} onClick={() => onEvidence(mark)}>
          {mark.title}
        </button>
        {readableRef(mark.ref) && <span className="faint"> {mark.ref}</span>}
        {marks.length > 1 && <span className="faint"> × {marks.length}</span>}
        {mark.why && (mark.kind === 'loss' || mark.start >= mark.end) && <span className="margin-why">{mark.why}</span>}
      </span>
      {counted && <span className="margin-points">{signedPoints(mark.points ?? 0)}</span>}
    </li>
  );
}
