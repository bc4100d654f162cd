import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordRules } from '../../shared/lib/password-rules';
import { PlainButton } from '../../shared/ui/button';
import { FaultNote } from '../../shared/ui/fault-note';
import { PasswordField } from '../../shared/ui/password-field';
import { PasswordRules } from '../../shared/ui/password-rules';

interface Props {
  login: string;
  busy: boolean;
  fault: unknown;
  onSubmit: (password: string) => void;
}

/** One password, typed once: it can be looked at instead of being typed again. */
export function PasswordForm({ login, busy, fault, onSubmit }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const open = passwordRules(password, login).some((rule) => !rule.met);
  return (
    <form
      noValidate
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (open) document.getElementById(`${id}-password`)?.focus();
        else onSubmit(password);
      }}
    >
      <div>
        <label htmlFor={`${id}-login`}>{t('account.login')}</label>
        {/* Read-only, and there for the password manager. */}
        <input id={`${id}-login`} className="field link-login" value={login} readOnly autoComplete="username" />
      </div>
      <div>
        <label htmlFor={`${id}-password`}>{t('password.new')}</label>
        <PasswordField
          id={`${id}-password`}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          invalid={tried && open}
          describedBy={`${id}-rules`}
          testId="link-password"
        />
        <PasswordRules id={`${id}-rules`} password={password} login={login} />
      </div>
      {fault ? <FaultNote fault={fault} /> : null}
      <PlainButton look="primary" type="submit" className="large" busy={busy} data-testid="link-submit">
        {t('link.submit')}
      </PlainButton>
    </form>
  );
}
