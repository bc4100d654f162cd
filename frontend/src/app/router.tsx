import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from '../features/auth/sign-in-page';
import { urls } from '../shared/urls';
import { Crash } from './pages/crash';
import { Waiting } from './pages/waiting';
import type { PlaceName } from './places';
import { SessionGate } from './session-gate';

function place(name: PlaceName, path: string, load: () => Promise<React.ComponentType>): RouteObject {
  return {
    path,
    errorElement: <Crash />,
    lazy: async () => {
      const [{ Guard }, Page] = await Promise.all([import('./guard'), load()]);
      return {
        Component: () => (
          <Guard place={name}>
            <Page />
          </Guard>
        ),
      };
    },
  };
}

export const router = createBrowserRouter([
  {
    element: <SessionGate />,
    errorElement: <Crash />,
    hydrateFallbackElement: <Waiting />,
    children: [
      { path: urls.signIn.path, element: <SignInPage /> },
      {
        lazy: async () => ({ Component: (await import('./frame/frame')).Frame }),
        errorElement: <Crash />,
        children: [
          { path: urls.home.path, lazy: async () => ({ Component: (await import('./guard')).Home }) },
          place('hall', urls.hall.path, async () => (await import('../features/hall/hall-page')).HallPage),
          place('chat', urls.chat.path, async () => (await import('../features/chat/workbench-page')).WorkbenchPage),
          place('scorecard', urls.scorecard.path, async () => (await import('../features/scorecard/scorecard-page')).ScorecardPage),
          place('records', urls.records.path, async () => (await import('../features/records/records-page')).RecordsPage),
          place('account', urls.account.path, async () => (await import('../features/account/account-page')).AccountPage),
          { path: '*', lazy: async () => ({ Component: (await import('./pages/not-found')).NotFound }) },
        ],
      },
    ],
  },
]);
