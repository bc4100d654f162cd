import { useMutation } from '@tanstack/react-query';
import { Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut } from '../../features/auth/api/sign-out';
import { signOutEverywhere } from '../../features/auth/api/sign-out-everywhere';
import { chooseLanguage, currentLanguage, languages } from '../../shared/locale/language';
import { chooseRole, roleOrder, useRole } from '../../shared/session/role';
import { usePerson } from '../../shared/session/session';
import { chooseTheme, themeChoices, useIsDark, useThemeChoice } from '../../shared/theme/choice';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { homeOf } from '../places';

interface Props {
  label: string;
  menu: MenuProps;
  testId?: string;
  children: ReactNode;
}

function ToolMenu({ label, menu, testId, children }: Props) {
  return (
    <Dropdown menu={menu} trigger={['click']} placement="bottomRight" autoFocus>
      <button type="button" className="tool" aria-label={label} title={label} aria-haspopup="menu" data-testid={testId}>
        {children}
      </button>
    </Dropdown>
  );
}

const languageNames = { 'zh-CN': '简体中文', en: 'English' } as const;

export function LanguageMenu() {
  const { t } = useTranslation();
  return (
    <ToolMenu
      label={`${t('frame.language')} ${currentLanguage() === 'zh-CN' ? '中' : 'EN'}`}
      testId="language-menu"
      menu={{
        selectable: true,
        selectedKeys: [currentLanguage()],
        items: languages.map((key) => ({ key, label: <span lang={key}>{languageNames[key]}</span> })),
        onClick: ({ key }) => {
          const next = languages.find((known) => known === key);
          if (next) void chooseLanguage(next);
        },
      }}
    >
      <span aria-hidden="true">{currentLanguage() === 'zh-CN' ? '中' : 'EN'}</span>
    </ToolMenu>
  );
}

export function ThemeMenu() {
  const { t } = useTranslation();
  const choice = useThemeChoice();
  const isDark = useIsDark();
  return (
    <ToolMenu
      label={t('frame.theme')}
      testId="theme-menu"
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: themeChoices.map((key) => ({ key, label: t(`theme.${key}`) })),
        onClick: ({ key }) => {
          const next = themeChoices.find((known) => known === key);
          if (next) chooseTheme(next);
        },
      }}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
        {isDark ? <path d="M14.5 10.8A6 6 0 1 1 7.2 3.500a4.8 4.8 0 0 0 7.3 7.300Z" /> : <circle cx="9" cy="9" r="3.2" />}
        {!isDark && <path d="M9 1.500v2M9 14.500v2M1.5 9h2M14.5 9h2M3.7 3.700l1.4 1.400M12.9 12.900l1.4 1.400M3.7 14.300l1.4-1.400M12.9 5.100l1.4-1.4" strokeLinecap="round" />}
      </svg>
    </ToolMenu>
  );
}

/** For people of several roles: one works in one of them at a time. */
export function RoleMenu() {
  const { t } = useTranslation();
  const { roles } = usePerson();
  const role = useRole();
  const navigate = useNavigate();
  if (!role || roles.length < 2) return null;
  return (
    <ToolMenu
      label={t('frame.role', { role: t(`role.${role}`) })}
      testId="role-menu"
      menu={{
        selectable: true,
        selectedKeys: [role],
        items: roleOrder.filter((one) => roles.includes(one)).map((key) => ({ key, label: t(`role.${key}`) })),
        onClick: ({ key }) => {
          const next = roleOrder.find((known) => known === key);
          if (!next) return;
          chooseRole(next);
          void navigate(homeOf(next));
        },
      }}
    >
      <span className="tool-role" aria-hidden="true">
        {t(`role.${role}`)} ▾
      </span>
    </ToolMenu>
  );
}

export function PersonMenu() {
  const { t } = useTranslation();
  const person = usePerson();
  const navigate = useNavigate();
  const leaving = useMutation({ mutationFn: (everywhere: boolean) => (everywhere ? signOutEverywhere() : signOut()) });
  return (
    <>
      <ToolMenu
        label={t('frame.person', { name: person.name })}
        testId="person-menu"
        menu={{
          items: [
            { key: 'who', type: 'group', label: `${person.name} · ${person.roles.map((role) => t(`role.${role}`)).join(t('list.comma'))}` },
            { key: 'account', label: t('place.account') },
            { type: 'divider' },
            { key: 'out', label: t('frame.signOut') },
            { key: 'everywhere', label: t('frame.signOutEverywhere') },
          ],
          onClick: ({ key }) => {
            if (key === 'account') void navigate(urls.account.to());
            else leaving.mutate(key === 'everywhere');
          },
        }}
      >
        <span className="person-initial" aria-hidden="true" data-initial={Array.from(person.name)[0]} />
        <span className="person-name">{person.name}</span>
      </ToolMenu>
      {leaving.error && (
        <div className="frame-fault">
          <FaultNote fault={leaving.error} />
        </div>
      )}
    </>
  );
}
