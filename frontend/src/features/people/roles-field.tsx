import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../shared/api/types';
import { usePerson } from '../../shared/session/session';
import { FormGroup } from '../../shared/ui/form-row';
import { allRoles, givable } from './roles';

interface Props {
  value: readonly Role[];
  onChange: (roles: Role[]) => void;
  disabled?: boolean;
  complaint?: string | undefined;
}

export function RolesField({ value, onChange, disabled = false, complaint }: Props) {
  const { t } = useTranslation();
  const { roles } = usePerson();
  const may = givable(roles);
  return (
    <FormGroup label={t('account.roles')} hint={t(disabled ? 'people.rolesClosed' : 'people.rolesHint')} complaint={complaint}>
      <div className="people-roles">
        {allRoles
          .filter((role) => may.includes(role) || value.includes(role))
          .map((role) => (
            <Checkbox
              key={role}
              checked={value.includes(role)}
              disabled={disabled || !may.includes(role)}
              onChange={(event) => onChange(allRoles.filter((one) => (one === role ? event.target.checked : value.includes(one))))}
              data-testid={`role-${role}`}
            >
              {t(`role.${role}`)}
            </Checkbox>
          ))}
      </div>
    </FormGroup>
  );
}
