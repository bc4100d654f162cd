import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PlainButton } from '../../shared/ui/button';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { useStartChat } from '../chat/api/use-start-chat';
import type { NextStep } from './next-step';

/** The one thing to do now, with the one button that stands out on the page. */
export function NextStepCard({ step }: { step: NextStep }) {
  const { t } = useTranslation();
  const starting = useStartChat();
  const { title, detail, action } = words();
  return (
    <section className="card next-step" aria-labelledby="step-title" data-testid="next-step" data-kind={step.kind}>
      <div>
        <p className="faint">{t(`today.why.${step.kind}`)}</p>
        <h2 id="step-title">{title}</h2>
        {detail && <p className="soft next-step-detail">{detail}</p>}
      </div>
      {action}
      {starting.error && <FaultNote fault={starting.error} />}
    </section>
  );

  function words(): { title: string; detail?: string; action: ReactNode } {
    switch (step.kind) {
      case 'chat':
        return { title: step.scenario.title, detail: step.scenario.brief, action: way(urls.chat.to(step.chatId), t('hall.continue')) };
      case 'lesson':
        return { title: step.lesson.title, action: way(urls.lesson.to(step.lesson.id), t('today.read')) };
      case 'quiz':
        return { title: t('today.quizOf', { chapter: step.title }), action: way(urls.quiz.to(step.chapterId), t(step.open ? 'quiz.resume' : 'quiz.start'), 'start-quiz') };
      case 'practice':
        return {
          title: step.scenario.title,
          detail: step.scenario.brief,
          action: (
            <PlainButton look="primary" className="next-step-go" busy={starting.isPending} onClick={() => starting.mutate(step.scenario.id)}>
              {t('hall.start')}
            </PlainButton>
          ),
        };
      case 'hall':
        return { title: t('today.allDone'), action: way(urls.hall.to(), t('action.toHall')) };
    }
  }
}

function way(to: string, words: string, testId?: string) {
  return (
    <Link className="button primary next-step-go" to={to} data-testid={testId}>
      {words}
    </Link>
  );
}
