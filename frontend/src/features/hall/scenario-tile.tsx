import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Result, ScenarioCard } from '../../shared/api/types';
import { points } from '../../shared/lib/points';
import { dayAndTime } from '../../shared/lib/when';
import { Difficulty } from '../../shared/ui/difficulty';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';

interface Props {
  card: ScenarioCard;
  starting: boolean;
  disabled: boolean;
  fault: unknown;
  onStart: () => void;
}

export function ScenarioTile({ card, starting, disabled, fault, onStart }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { activeChatId } = card;
  return (
    <article className="tile card" data-testid={`scenario-${card.id}`}>
      <div className="tile-tags">
        <span className="tag good">{t(`stage.${card.stage}`)}</span>
        <span className="tag">{card.platformName}</span>
        <span className="tag">{card.buyerType}</span>
        <span className="tile-id faint">{card.id}</span>
      </div>
      <h2>{card.title}</h2>
      <p className="tile-brief">{card.brief}</p>
      <dl className="tile-facts">
        <div>
          <dt>{t('hall.difficulty')}</dt>
          <dd>
            <Difficulty value={card.difficulty} />
          </dd>
        </div>
        <div>
          <dt>{t('hall.tier')}</dt>
          <dd>{t(`tier.${card.tier}`)}</dd>
        </div>
        <div>
          <dt>{t('hall.attempts')}</dt>
          <dd>{card.attempts}</dd>
        </div>
        <OwnResult label={t('hall.best')} result={card.best} />
        <OwnResult label={t('hall.last')} result={card.last} />
      </dl>
      {fault ? <FaultNote fault={fault} /> : null}
      <div className="tile-action">
        {activeChatId ? (
          <Button type="primary" data-testid={`start-${card.id}`} onClick={() => void navigate(urls.chat.to(activeChatId))}>
            {t('hall.continue')}
          </Button>
        ) : (
          <Button type={card.attempts > 0 ? 'default' : 'primary'} data-testid={`start-${card.id}`} loading={starting} disabled={disabled && !starting} onClick={onStart}>
            {t(card.attempts > 0 ? 'hall.again' : 'hall.start')}
          </Button>
        )}
        {activeChatId && <span className="faint">{t('hall.open')}</span>}
      </div>
    </article>
  );
}

function OwnResult({ label, result }: { label: string; result: Result | undefined }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {result ? (
          <Link to={urls.scorecard.to(result.chatId)} title={dayAndTime(result.at)} className={result.passed ? 'result' : 'result failed'}>
            {points(result.total)}
            <span className="sr-only">{t(result.passed ? 'verdict.passed' : 'verdict.failed')}</span>
          </Link>
        ) : (
          <span className="faint">—</span>
        )}
      </dd>
    </div>
  );
}
