import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useSearchParams } from 'react-router';
import { useRole } from '../../shared/session/role';
import { KitProvider } from '../../shared/theme/kit-provider';
import { Mark } from '../../shared/ui/mark';
import { lessonParam, urls } from '../../shared/urls';
import { PaletteButton } from '../palette/palette-button';
import { railOf } from '../places';
import { LanguageMenu, PersonMenu, RoleMenu, ThemeMenu } from './menus';
import { PlaceIcon } from './place-icon';
import './frame.css';

const LessonDrawer = lazy(async () => ({ default: (await import('../../features/lesson/lesson-drawer')).LessonDrawer }));

export function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const main = useRef<HTMLElement>(null);
  const lesson = params.get(lessonParam);
  const rail = railOf(useRole());

  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <KitProvider>
      <div className="frame">
        <a
          className="skip-link"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          {t('frame.skip')}
        </a>
        <header className="top-bar">
          <Link to={urls.home.to()} className="top-brand">
            <Mark size={28} />
            <span>{t('app.name')}</span>
          </Link>
          <div className="top-tools">
            <PaletteButton />
            <RoleMenu />
            <LanguageMenu />
            <ThemeMenu />
            <PersonMenu />
          </div>
        </header>
        <nav className="rail" aria-label={t('frame.places')}>
          {rail.map((place) => (
            <NavLink key={place.name} to={place.to} end={place.name === 'team'} className="rail-link" data-testid={`nav-${place.name}`}>
              <PlaceIcon name={place.name} />
              <span>{t(`place.${place.name}`)}</span>
            </NavLink>
          ))}
        </nav>
        <main className="frame-main" id="main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
        {lesson && (
          <Suspense fallback={null}>
            <LessonDrawer lessonId={lesson} />
          </Suspense>
        )}
      </div>
    </KitProvider>
  );
}
