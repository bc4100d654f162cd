import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '../../shared/api/types';

interface Props {
  question: Question;
  /** From 1. */
  number: number;
  chosen: readonly string[];
  onChoose: (optionId: string) => void;
}

/** A question with its options as the browser's own choices, so that arrows, Space and Tab work; the figures choose too. */
export function QuestionCard({ question, number, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const multiple = question.kind === 'multiple';

  function byFigure(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const option = question.options[Number(event.key) - 1];
    if (!/^[1-9]$/.test(event.key) || !option) return;
    event.preventDefault();
    onChoose(option.id);
  }

  return (
    <fieldset className="card question" id={`question-${number}`} data-testid={`q-${number}`} onKeyDown={byFigure}>
      <legend>
        <span className="question-number">{number}</span>
        <span>
          {question.prompt} <span className="tag">{t(`quiz.kind.${question.kind}`)}</span>
        </span>
      </legend>
      {question.options.map((option, index) => (
        <label key={option.id} className="option">
          <input
            type={multiple ? 'checkbox' : 'radio'}
            name={question.id}
            value={option.id}
            checked={chosen.includes(option.id)}
            onChange={() => onChoose(option.id)}
            data-testid={`opt-${number}-${index + 1}`}
          />
          <span className="option-key" aria-hidden="true">
            {index + 1}
          </span>
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
