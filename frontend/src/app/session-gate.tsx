import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { refreshSession } from '../shared/api/refresh-session';
import { useSession } from '../shared/session/session';
import '../shared/session/tabs';
import { FaultNote } from '../shared/ui/fault-note';
import { urls } from '../shared/urls';
import { Waiting } from './pages/waiting';

export const loadFrame = () => import('./frame/frame');

/** Tries the refresh cookie once, then lets people in and sends everybody else to the sign-in page. */
export function SessionGate() {
  const { t } = useTranslation();
  const session = useSession();
  const location = useLocation();
  const [fault, setFault] = useState<unknown>();
  const [round, setRound] = useState(0);
  const unknown = session.phase === 'unknown';

  useEffect(() => {
    if (!unknown) return;
    let live = true;
    refreshSession().then(
      () => live && setFault(undefined),
      (cause: unknown) => live && setFault(cause),
    );
    return () => {
      live = false;
    };
  }, [unknown, round]);

  // The rest of the app starts to travel when someone begins to sign in.
  const out = session.phase === 'out';
  useEffect(() => {
    if (!out) return;
    const start = () => void loadFrame().catch(() => undefined);
    window.addEventListener('pointerdown', start, { once: true });
    window.addEventListener('keydown', start, { once: true });
    return () => {
      window.removeEventListener('pointerdown', start);
      window.removeEventListener('keydown', start);
    };
  }, [out]);

  if (unknown) {
    if (fault === undefined) return <Waiting />;
    return (
      <main className="page" style={{ maxWidth: 520, paddingTop: '20vh' }}>
        <h1 className="sr-only">{t('app.name')}</h1>
        <FaultNote
          fault={fault}
          onRetry={() => {
            setFault(undefined);
            setRound(round + 1);
          }}
        />
      </main>
    );
  }
  if (session.phase === 'out' && location.pathname !== urls.signIn.path) {
    const next = session.reason === 'signed-out' ? undefined : location.pathname + location.search;
    return <Navigate to={urls.signIn.to(next)} replace />;
  }
  return <Outlet />;
}
