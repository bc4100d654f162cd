import { useTranslation } from 'react-i18next';
import { passwordMin, passwordRules } from '../lib/password-rules';
import './field.css';

/** What a new password must be, ticked off while it is typed. */
export function PasswordRules({ id, password, login }: { id: string; password: string; login: string }) {
  const { t } = useTranslation();
  return (
    <ul id={id} className="password-rules">
      {passwordRules(password, login).map(({ rule, met }) => (
        <li key={rule} className={met ? 'met' : ''}>
          <span>{t(`password.rule.${rule}`, { min: passwordMin })}</span>
          {met && <span className="sr-only">{t('password.met')}</span>}
        </li>
      ))}
    </ul>
  );
}
