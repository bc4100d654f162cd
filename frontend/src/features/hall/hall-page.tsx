import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../shared/lib/use-page-title';
import { ChipGroup } from '../../shared/ui/chip-group';
import { EmptyNote } from '../../shared/ui/empty-note';
import { FaultNote } from '../../shared/ui/fault-note';
import { Skeleton } from '../../shared/ui/skeleton';
import { useStartChat } from '../chat/api/use-start-chat';
import { scenariosQuery } from './api/list-scenarios';
import { ScenarioTile } from './scenario-tile';
import './hall-page.css';

const stages = ['pre', 'in', 'after'] as const;

export function HallPage() {
  const { t } = useTranslation();
  usePageTitle(t('place.hall'));
  const [params, setParams] = useSearchParams();
  const scenarios = useQuery(scenariosQuery);
  const starting = useStartChat();
  const stage = params.get('stage') ?? '';
  const difficulty = params.get('difficulty') ?? '';
  const all = scenarios.data ?? [];
  const shown = all.filter((card) => (!stage || card.stage === stage) && (!difficulty || String(card.difficulty) === difficulty));
  const levels = [...new Set(all.map((card) => card.difficulty))].sort((a, b) => a - b);

  function filter(name: string, value: string) {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('place.hall')}</h1>
        <p className="soft">{t('hall.hint')}</p>
      </div>
      {all.length > 0 && (
        <div className="hall-filters">
          <ChipGroup
            label={t('hall.stage')}
            value={stage}
            options={[{ value: '', label: t('filter.all') }, ...stages.map((value) => ({ value: value as string, label: t(`stage.${value}`) }))]}
            onChange={(value) => filter('stage', value)}
          />
          <ChipGroup
            label={t('hall.difficulty')}
            value={difficulty}
            options={[{ value: '', label: t('filter.all') }, ...levels.map((level) => ({ value: String(level), label: String(level) }))]}
            onChange={(value) => filter('difficulty', value)}
          />
        </div>
      )}
      {scenarios.isPending && (
        <div className="hall-loading">
          <Skeleton rows={3} height={260} />
        </div>
      )}
      {scenarios.error && <FaultNote fault={scenarios.error} onRetry={() => void scenarios.refetch()} retrying={scenarios.isFetching} />}
      {scenarios.data && all.length === 0 && <EmptyNote title={t('hall.none')}>{t('hall.noneDetail')}</EmptyNote>}
      {all.length > 0 && shown.length === 0 && (
        <EmptyNote
          title={t('filter.nothing')}
          action={<Button onClick={() => setParams({}, { replace: true })}>{t('filter.clear')}</Button>}
        />
      )}
      {shown.length > 0 && (
        <ul className="hall-grid">
          {shown.map((card) => (
            <li key={card.id}>
              <ScenarioTile
                card={card}
                starting={starting.isPending && starting.variables === card.id}
                disabled={starting.isPending}
                fault={starting.variables === card.id ? starting.error : null}
                onStart={() => starting.mutate(card.id)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
