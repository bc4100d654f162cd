import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from '../features/auth/sign-in-page';
import { urls } from '../shared/urls';
import { Guard, Home } from './guard';
import { Crash } from './pages/crash';
import { NotFound } from './pages/not-found';
import { Opening } from './pages/opening';
import { Waiting } from './pages/waiting';
import type { PlaceName } from './places';
import { loadFrame, SessionGate } from './session-gate';

const Frame = lazy(async () => ({ default: (await loadFrame()).Frame }));

const LinkPage = lazy(async () => ({ default: (await import('../features/link/link-page')).LinkPage }));

// React.lazy and not the router's own: a page is fetched when it is shown, never for a visitor who must sign in first.
function place(name: PlaceName, path: string, load: () => Promise<ComponentType>): RouteObject {
  const Page = lazy(async () => ({ default: await load() }));
  return {
    path,
    errorElement: <Crash />,
    element: (
      <Guard place={name}>
        <Suspense key={name} fallback={<Opening />}>
          <Page />
        </Suspense>
      </Guard>
    ),
  };
}

export const router = createBrowserRouter([
  {
    // Outside the gate: who opens a one-time link is not signed in, and nobody else's session is touched by looking.
    path: urls.link.path,
    errorElement: <Crash />,
    element: (
      <Suspense fallback={<Waiting />}>
        <LinkPage />
      </Suspense>
    ),
  },
  {
    element: <SessionGate />,
    errorElement: <Crash />,
    children: [
      { path: urls.signIn.path, element: <SignInPage /> },
      {
        element: (
          <Suspense fallback={<Waiting />}>
            <Frame />
          </Suspense>
        ),
        errorElement: <Crash />,
        children: [
          { path: urls.home.path, element: <Home /> },
          place('hall', urls.hall.path, async () => (await import('../features/hall/hall-page')).HallPage),
          place('chat', urls.chat.path, async () => (await import('../features/chat/workbench-page')).WorkbenchPage),
          place('scorecard', urls.scorecard.path, async () => (await import('../features/scorecard/scorecard-page')).ScorecardPage),
          place('records', urls.records.path, async () => (await import('../features/records/records-page')).RecordsPage),
          place('people', urls.people.path, async () => (await import('../features/people/people-page')).PeoplePage),
          place('peopleImport', urls.peopleImport.path, async () => (await import('../features/people/import-page')).ImportPage),
          place('person', urls.person.path, async () => (await import('../features/people/person-page')).PersonPage),
          place('today', urls.today.path, async () => (await import('../features/home/today-page')).TodayPage),
          place('course', urls.course.path, async () => (await import('../features/course/course-page')).CoursePage),
          place('lesson', urls.lesson.path, async () => (await import('../features/course/reader-page')).ReaderPage),
          place('quiz', urls.quiz.path, async () => (await import('../features/quiz/quiz-page')).QuizPage),
          place('quizResult', urls.quizResult.path, async () => (await import('../features/quiz/result-page')).ResultPage),
          place('team', urls.team.path, async () => (await import('../features/team/team-page')).TeamPage),
          place('teamChats', urls.teamChats.path, async () => (await import('../features/team/team-chats-page')).TeamChatsPage),
          place('teamChat', urls.teamChat.path, async () => (await import('../features/scorecard/team-chat-page')).TeamChatPage),
          place('ladder', urls.ladder.path, async () => (await import('../features/hr/ladder-page')).LadderPage),
          place('personLadder', urls.personLadder.path, async () => (await import('../features/hr/person-ladder-page')).PersonLadderPage),
          place('teams', urls.teams.path, async () => (await import('../features/teams/teams-page')).TeamsPage),
          place('account', urls.account.path, async () => (await import('../features/account/account-page')).AccountPage),
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
