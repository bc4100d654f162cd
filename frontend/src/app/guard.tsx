import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useRole } from '../shared/session/role';
import { usePerson } from '../shared/session/session';
import { EmptyNote } from '../shared/ui/empty-note';
import { homeOf, mayEnter, type PlaceName } from './places';

/** Shows a place only to the roles of the table. The server decides again on every call. */
export function Guard({ place, children }: { place: PlaceName; children: ReactNode }) {
  const { t } = useTranslation();
  const { roles } = usePerson();
  const role = useRole();
  if (mayEnter(place, roles)) return children;
  return (
    <div className="page">
      <EmptyNote page title={t('guard.closed')} action={<Link to={homeOf(role)}>{t('action.home')}</Link>}>
        {t('guard.closedDetail')}
      </EmptyNote>
    </div>
  );
}

export function Home() {
  return <Navigate to={homeOf(useRole())} replace />;
}
