import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TeamScore } from '../../shared/api/types';
import { points, signedPoints } from '../../shared/lib/points';
import { dayAndTime } from '../../shared/lib/when';
import { urls } from '../../shared/urls';
import { attentionOf, type Attention } from './attention';

const tagOf = { idle: 'tag', fell: 'tag bad', failing: 'tag warn' } as const satisfies Record<Attention, string>;

export function TeamTable({ scores }: { scores: readonly TeamScore[] }) {
  const { t } = useTranslation();
  return (
    <table className="card team-table">
      <thead>
        <tr>
          <th scope="col">{t('team.person')}</th>
          <th scope="col">{t('account.tier')}</th>
          <th scope="col" className="number">
            {t('team.chats')}
          </th>
          <th scope="col" className="number">
            {t('team.passed')}
          </th>
          <th scope="col" className="number">
            {t('team.average')}
          </th>
          <th scope="col" className="number">
            {t('team.change')}
          </th>
          <th scope="col" className="number">
            {t('team.last')}
          </th>
        </tr>
      </thead>
      <tbody>
        {scores.map((score) => (
          <Row key={score.person.id} score={score} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ score }: { score: TeamScore }) {
  const { t } = useTranslation();
  const { person, average, change, last } = score;
  const reason = attentionOf(score);
  const behind = urls.teamChats.to({ person: person.id });
  // The name of a link begins with what is seen of it.
  const figure = (label: string, to: string, words: string, className = '', testId?: string) =>
    score.chats === 0 ? (
      <td className="number" data-label={label}>
        <span className="faint">—</span>
      </td>
    ) : (
      <td className="number" data-label={label}>
        <Link to={to} className={className} data-testid={testId} aria-label={`${words} ${t('team.behind', { name: person.name, figure: label })}`}>
          {words}
        </Link>
      </td>
    );
  return (
    <tr data-testid={`team-person-${person.login}`}>
      <th scope="row">
        <span className="team-name">{person.name}</span> <span className="faint">{person.login}</span>
        {person.status !== 'active' && <span className="tag">{t(`people.is.${person.status}`)}</span>}
        {reason && <span className={tagOf[reason]}>{t(`team.attention.${reason}`)}</span>}
      </th>
      <td data-label={t('account.tier')}>
        <Link to={urls.personLadder.to(person.id)} aria-label={`${t(`tier.${person.tier}`)} ${t('team.ladderOf', { name: person.name })}`}>
          {t(`tier.${person.tier}`)}
        </Link>
      </td>
      {figure(t('team.chats'), behind, String(score.chats), '', `team-number-${person.login}`)}
      {figure(t('team.passed'), urls.teamChats.to({ person: person.id, passed: 'true' }), String(score.passed))}
      {figure(t('team.average'), behind, average === undefined ? '—' : points(average))}
      {change === undefined ? (
        <td className="number" data-label={t('team.change')}>
          <span className="faint">—</span>
        </td>
      ) : (
        figure(t('team.change'), behind, `${change < 0 ? '↓ ' : change > 0 ? '↑ ' : ''}${signedPoints(change)}`, change < 0 ? 'fell' : '')
      )}
      <td className="number" data-label={t('team.last')}>
        {last === undefined ? (
          <span className="faint">—</span>
        ) : (
          <Link to={behind} aria-label={`${points(last)} ${t('team.behind', { name: person.name, figure: t('team.last') })}`}>
            {points(last)}
          </Link>
        )}
        {score.lastAt && (
          <time className="faint team-when" dateTime={score.lastAt}>
            {dayAndTime(score.lastAt)}
          </time>
        )}
      </td>
    </tr>
  );
}
