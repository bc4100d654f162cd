import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import './field.css';

interface Props {
  id: string;
  value: string;
  onChange: (value: string) => void;
  /** Tells password managers whether to fill in or to suggest. */
  autoComplete: 'current-password' | 'new-password';
  invalid?: boolean;
  describedBy?: string;
  testId?: string;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ id, value, onChange, autoComplete, invalid, describedBy, testId }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="password-field">
      <input
        id={id}
        type={shown ? 'text' : 'password'}
        className="field"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete={autoComplete}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={200}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        data-testid={testId}
      />
      <button type="button" className="password-eye" aria-controls={id} aria-pressed={shown} aria-label={t('password.show')} onClick={() => setShown(!shown)}>
        <span aria-hidden="true">{t(shown ? 'password.hideShort' : 'password.showShort')}</span>
      </button>
    </div>
  );
}
