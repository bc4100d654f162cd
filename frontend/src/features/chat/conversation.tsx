import Bubble from '@ant-design/x/es/bubble';
import { Button } from 'antd';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../shared/api/types';
import { clockTime } from '../../shared/lib/when';
import { FaultNote } from '../../shared/ui/fault-note';
import { Avatar } from './avatar';
import type { ChatRoom, RoomView } from './chat-room';
import { EndCard } from './end-card';
import type { Outgoing } from './send-queue';

interface Props {
  chat: Chat;
  view: RoomView;
  room: ChatRoom;
}

export function Conversation({ chat, view, room }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [unseen, setUnseen] = useState(false);
  const stored = new Set(view.messages.map((message) => message.clientMessageId));
  const outgoing = view.outgoing.filter((line) => !stored.has(line.clientMessageId));
  const count = view.messages.length + outgoing.length;
  const lastRole = view.messages.at(-1)?.role;

  function toEnd() {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setUnseen(false);
  }

  // A reader at the end stays at the end; a reader further up is told instead of moved. One's own line always shows.
  useLayoutEffect(() => {
    if (atEnd.current || outgoing.length > 0) {
      const element = box.current;
      if (element) element.scrollTop = element.scrollHeight;
      atEnd.current = true;
    }
  }, [count, view.typing, view.status, outgoing.length]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const keep = () => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    };
    const watcher = new ResizeObserver(keep);
    watcher.observe(element);
    // Footers grow too: a line that was refused says why.
    for (const child of element.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, []);

  return (
    <div className="talk-wrap">
      <div
        className="talk"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={t('chat.talk', { name: chat.buyer.name })}
        onScroll={(event) => {
          const element = event.currentTarget;
          const end = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
          atEnd.current = end;
          setUnseen(!end && lastRole === 'buyer');
        }}
      >
        <div className="brief">
          <span className="tag good">{t('chat.brief')}</span>
          <p>{chat.brief}</p>
        </div>
        <ol className="talk-lines">
          {view.messages.map((message) => (
            <li key={message.seq}>
              <StoredLine message={message} chat={chat} />
            </li>
          ))}
          {outgoing.map((line) => (
            <li key={line.clientMessageId}>
              <UnsentLine line={line} connected={view.connected} room={room} />
            </li>
          ))}
        </ol>
        {view.typing && view.status === 'active' && (
          <Bubble
            placement="start"
            avatar={<Avatar avatarKey={chat.buyer.avatar} />}
            content=""
            loading
            rootClassName="line buyer"
            data-testid="typing"
            aria-label={t('chat.typing')}
            role="img"
          />
        )}
        {view.status === 'ended' && <EndCard chatId={chat.id} outcome={view.outcome} />}
      </div>
      {unseen && (
        <Button className="talk-new" shape="round" size="small" onClick={toEnd}>
          {t('chat.toEnd')} ↓
        </Button>
      )}
      <Announcer messages={view.messages} name={chat.buyer.name} />
    </div>
  );
}

function StoredLine({ message, chat }: { message: Message; chat: Chat }) {
  const { t } = useTranslation();
  const buyer = message.role === 'buyer';
  return (
    <Bubble
      data-testid={`message-${message.seq}`}
      data-role={message.role}
      rootClassName={`line ${message.role}`}
      placement={buyer ? 'start' : 'end'}
      avatar={buyer ? <Avatar avatarKey={chat.buyer.avatar} /> : undefined}
      content={message.text}
      footer={
        <span className="line-meta">
          <span className="sr-only">{buyer ? chat.buyer.name : t('chat.you')}</span>
          <time dateTime={message.at}>{clockTime(message.at)}</time>
          {!buyer && <span>{t('delivery.sent')}</span>}
          {message.crossed && (
            <span className="crossed" title={t('chat.crossedHint')}>
              {t('chat.crossed')}
            </span>
          )}
        </span>
      }
    />
  );
}

function UnsentLine({ line, connected, room }: { line: Outgoing; connected: boolean; room: ChatRoom }) {
  const { t } = useTranslation();
  const failed = line.state === 'failed';
  const held = !failed && (line.fault !== undefined || !connected);
  return (
    <Bubble
      data-testid="message-unsent"
      data-state={line.state}
      rootClassName={failed ? 'line agent failed' : 'line agent unsent'}
      placement="end"
      content={line.text}
      footer={
        <div className="line-meta">
          <span>{t(failed ? 'delivery.failed' : held ? 'delivery.held' : 'delivery.sending')}</span>
          {(failed || line.fault !== undefined) && (
            <Button type="link" size="small" onClick={() => room.retry(line.clientMessageId)}>
              {t('action.retry')}
            </Button>
          )}
          {failed && (
            <Button type="link" size="small" onClick={() => room.discard(line.clientMessageId)}>
              {t('action.discard')}
            </Button>
          )}
          {failed && <FaultNote fault={line.fault} />}
        </div>
      }
    />
  );
}

/** Reads new lines of the buyer out, and only those: what was there when the page opened is not news. */
function Announcer({ messages, name }: { messages: readonly Message[]; name: string }) {
  const { t } = useTranslation();
  const [since] = useState(() => messages.at(-1)?.seq ?? 0);
  const news = messages.filter((message) => message.role === 'buyer' && message.seq > since).slice(-3);
  return (
    <div className="sr-only" aria-live="polite" aria-relevant="additions">
      {news.map((message) => (
        <p key={message.seq}>{t('chat.says', { name, text: message.text })}</p>
      ))}
    </div>
  );
}
