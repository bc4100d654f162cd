import { Button, Drawer } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Chat } from '../../shared/api/types';
import { usePhone } from '../../shared/lib/use-media';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { ChatRoom } from './chat-room';
import { CoachStrip } from './coach-strip';
import { Composer, type ComposerHandle } from './composer';
import { Conversation } from './conversation';
import { FinishButton } from './finish-button';
import { QueueColumn } from './queue-column';
import { SidePanel } from './side-panel';
import { clockOffset } from './waiting';
import './workbench.css';

interface Props {
  chat: Chat;
  /** When this copy of the chat arrived, by this machine's clock in milliseconds. */
  receivedAt: number;
  onMissed: () => void;
}

export function Workbench({ chat, receivedAt, onMissed }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [sheet, setSheet] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const [room] = useState(() => new ChatRoom(chat, onMissed));
  const view = useSyncExternalStore(room.subscribe, room.current);
  const offset = clockOffset(chat.serverNow, receivedAt);
  const over = view.status === 'ended';

  useEffect(() => {
    room.enter();
    return () => room.exit();
  }, [room]);
  useEffect(() => room.absorb(chat), [room, chat]);

  const insert = (phrase: string) => {
    setSheet(false);
    composer.current?.insert(phrase);
  };
  const panel = <SidePanel chat={chat} canInsert={!over} onPhrase={insert} />;

  return (
    <div className="bench">
      <QueueColumn chat={chat} room={view} offset={offset} />
      <section className="bench-middle" aria-label={t('chat.title')}>
        <header className="bench-head">
          <div className="bench-name">
            <h1>{chat.title}</h1>
            <p className="faint">
              {t(`stage.${chat.stage}`)} · {chat.platformName} · {t('chat.practice')}
            </p>
          </div>
          {phone && (
            <Button onClick={() => setSheet(true)} aria-haspopup="dialog">
              {t('panel.open')}
            </Button>
          )}
          {over ? <Link to={urls.hall.to()}>{t('action.toHall')}</Link> : <FinishButton chatId={chat.id} unsent={view.outgoing.length} />}
        </header>
        {!view.connected && !over && (
          <p className="banner" role="status" data-testid="connection-lost">
            {t('chat.disconnected')}
          </p>
        )}
        {view.refused !== undefined && (
          <div className="bench-refused">
            <FaultNote fault={view.refused} onRetry={() => window.location.reload()} />
          </div>
        )}
        <Conversation chat={chat} view={view} room={room} />
        {view.coach && <CoachStrip coach={view.coach} />}
        {!over && <Composer ref={composer} chatId={chat.id} phrases={chat.quickPhrases} onSend={(text) => room.say(text)} />}
      </section>
      {phone ? (
        <Drawer open={sheet} placement="bottom" size="70dvh" title={t('panel.title')} onClose={() => setSheet(false)} rootClassName="bench-sheet">
          {panel}
        </Drawer>
      ) : (
        <aside className="bench-panel" aria-label={t('panel.title')}>
          {panel}
        </aside>
      )}
    </div>
  );
}
