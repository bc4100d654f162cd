import { useTranslation } from 'react-i18next';
import { signedPoints } from '../../shared/lib/points';
import { LessonLink } from '../../shared/ui/lesson-link';
import { grouped, readableRef, type Mark } from './marks';

/** Why a stretch of text gained or lost: the rule or criterion, the reason, a better wording, the lesson. */
export function EvidenceCard({ marks }: { marks: readonly Mark[] }) {
  const { t } = useTranslation();
  // A long card scrolls; without a button inside, it must take the focus itself.
  return (
    <div className="evidence" data-testid="evidence-popover" tabIndex={marks.some((mark) => mark.lesson) ? undefined : 0}>
      {lossesFirst(marks).map((mark) => (
        <section key={mark.id} className={`evidence-mark ${mark.kind}`}>
          <header>
            <span className={`sign ${mark.kind}`} aria-hidden="true">
              {mark.kind === 'gain' ? '+' : '−'}
            </span>
            <strong>{mark.title}</strong>
            {readableRef(mark.ref) && <span className="tag">{mark.ref}</span>}
            {mark.points !== undefined && mark.points !== 0 && <span className="evidence-points">{t(mark.places > 1 ? 'score.pointsShared' : 'score.points', { points: signedPoints(mark.points), places: mark.places })}</span>}
          </header>
          {mark.violation && (
            <p>
              <span className={mark.violation.severity === 'MINOR' ? 'tag warn' : 'tag bad'}>{t(`severity.${mark.violation.severity}`)}</span>
            </p>
          )}
          {mark.why && <p>{mark.why}</p>}
          {mark.better.length > 0 && (
            <div className="better">
              <span>{t('coach.better')}</span>
              {mark.better.map((wording) => (
                <p key={wording}>{wording}</p>
              ))}
            </div>
          )}
          {mark.lesson && <LessonLink lesson={mark.lesson} />}
        </section>
      ))}
    </div>
  );
}

/** One entry for each gain or loss, however often it is quoted here; losses first. */
function lossesFirst(marks: readonly Mark[]): Mark[] {
  const once = grouped(marks).flatMap((group) => group.slice(0, 1));
  return [...once.filter((mark) => mark.kind === 'loss'), ...once.filter((mark) => mark.kind === 'gain')];
}
