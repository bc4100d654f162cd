import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordRules } from '../../shared/lib/password-rules';
import { FaultNote } from '../../shared/ui/fault-note';
import { PasswordField } from '../../shared/ui/password-field';
import { PasswordRules } from '../../shared/ui/password-rules';
import { changePassword } from './api/change-password';

/** The own password: the present one is asked for, so that an unlocked PC is not enough to take an account over. */
export function ChangePasswordCard({ login }: { login: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const open = passwordRules(password, login).some((rule) => !rule.met);
  const changing = useMutation({
    mutationFn: changePassword,
    gcTime: 0,
    onSuccess: () => {
      setCurrent('');
      setPassword('');
      setTried(false);
    },
  });
  return (
    <section className="card account-card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('password.change')}</h2>
      <p className="soft">{t('password.changeDetail')}</p>
      <form
        noValidate
        className="account-password"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (current === '') document.getElementById(`${id}-current`)?.focus();
          else if (open) document.getElementById(`${id}-new`)?.focus();
          else changing.mutate({ current, password });
        }}
      >
        <input className="sr-only" type="text" autoComplete="username" value={login} readOnly tabIndex={-1} aria-hidden="true" />
        <div>
          <label htmlFor={`${id}-current`}>{t('password.current')}</label>
          <PasswordField
            id={`${id}-current`}
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
            invalid={tried && current === ''}
            describedBy={tried && current === '' ? `${id}-needed` : undefined}
            testId="current-password"
          />
          {tried && current === '' && (
            <p id={`${id}-needed`} className="field-note">
              {t('password.currentNeeded')}
            </p>
          )}
        </div>
        <div>
          <label htmlFor={`${id}-new`}>{t('password.new')}</label>
          <PasswordField
            id={`${id}-new`}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            invalid={tried && open}
            describedBy={`${id}-rules`}
            testId="new-password"
          />
          <PasswordRules id={`${id}-rules`} password={password} login={login} />
        </div>
        {changing.error && <FaultNote fault={changing.error} />}
        <div className="account-password-end">
          <Button type="primary" htmlType="submit" loading={changing.isPending} data-testid="change-password">
            {t('password.change')}
          </Button>
          <span role="status" className="account-done">
            {changing.isSuccess && current === '' && password === '' ? t('password.changed') : ''}
          </span>
        </div>
      </form>
    </section>
  );
}
