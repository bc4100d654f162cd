import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Chat, Fact } from '../../shared/api/types';

interface Props {
  chat: Chat;
  canInsert: boolean;
  onPhrase: (phrase: string) => void;
}

/** What the agent may look at beside the chat. */
export function SidePanel({ chat, canInsert, onPhrase }: Props) {
  const { t } = useTranslation();
  return (
    <Tabs
      className="panel-tabs"
      defaultActiveKey={chat.order.length > 0 ? 'order' : 'goods'}
      items={[
        { key: 'order', label: t('panel.order'), children: <Facts facts={chat.order} empty={t('panel.noOrder')} /> },
        { key: 'goods', label: t('panel.goods'), children: <Facts facts={chat.goods} empty={t('panel.noGoods')} /> },
        { key: 'facts', label: t('panel.facts'), children: <Facts facts={chat.facts} empty={t('panel.noFacts')} /> },
        {
          key: 'phrases',
          label: t('panel.phrases'),
          children:
            chat.quickPhrases.length === 0 ? (
              <p className="panel-empty">{t('panel.noPhrases')}</p>
            ) : (
              <ul className="panel-phrases">
                {chat.quickPhrases.map((phrase) => (
                  <li key={phrase}>
                    <button type="button" disabled={!canInsert} onClick={() => onPhrase(phrase)}>
                      {phrase}
                    </button>
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}

function Facts({ facts, empty }: { facts: readonly Fact[]; empty: string }) {
  if (facts.length === 0) return <p className="panel-empty">{empty}</p>;
  return (
    <dl className="panel-facts">
      {facts.map((fact) => (
        <div key={fact.id}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
