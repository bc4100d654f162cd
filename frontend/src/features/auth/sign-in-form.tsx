import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainButton } from '../../shared/ui/button';
import { FaultNote } from '../../shared/ui/fault-note';
import '../../shared/ui/field.css';

interface Props {
  busy: boolean;
  disabled: boolean;
  fault: unknown;
  onSubmit: (person: { login: string; password: string }) => void;
}

export function SignInForm({ busy, disabled, fault, onSubmit }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const noLogin = tried && login.trim() === '';
  const noPassword = tried && password === '';
  return (
    <form
      noValidate
      className="sign-in-fields"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (login.trim() !== '' && password !== '' && !disabled) onSubmit({ login: login.trim(), password });
      }}
    >
      <div>
        <label htmlFor={`${id}-login`}>{t('signIn.login')}</label>
        <input
          id={`${id}-login`}
          name="login"
          className="field"
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          aria-invalid={noLogin}
          aria-describedby={noLogin ? `${id}-login-note` : undefined}
          data-testid="login"
        />
        {noLogin && (
          <p id={`${id}-login-note`} className="field-note">
            {t('signIn.loginNeeded')}
          </p>
        )}
      </div>
      <div>
        <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          className="field"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="current-password"
          maxLength={200}
          aria-invalid={noPassword}
          aria-describedby={noPassword ? `${id}-password-note` : undefined}
          data-testid="password"
        />
        {noPassword && (
          <p id={`${id}-password-note`} className="field-note">
            {t('signIn.passwordNeeded')}
          </p>
        )}
      </div>
      {fault ? <FaultNote fault={fault} /> : null}
      <PlainButton look="primary" type="submit" className="large" busy={busy} disabled={disabled} data-testid="sign-in">
        {t('signIn.enter')}
      </PlainButton>
    </form>
  );
}
