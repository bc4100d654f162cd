import { useTranslation } from 'react-i18next';
import type { Chat } from '../../shared/api/types';
import { Avatar } from './avatar';
import type { RoomView } from './chat-room';
import { WaitTimer } from './wait-timer';

interface Props {
  chat: Chat;
  room: RoomView;
  offset: number;
}

/** The buyers being served. A practice chat has one. */
export function QueueColumn({ chat, room, offset }: Props) {
  const { t } = useTranslation();
  const last = room.messages.at(-1);
  return (
    <section className="queue" aria-label={t('chat.queue')}>
      <h2 className="queue-title">
        {t('chat.queue')} <span className="faint">1</span>
      </h2>
      <div className="queue-buyer" aria-current="true">
        <Avatar avatarKey={chat.buyer.avatar} size={40} />
        <div className="queue-words">
          <div className="queue-line">
            <strong>{chat.buyer.name}</strong>
            {room.status === 'active' ? <WaitTimer since={room.waitingSince} targetSeconds={chat.replyTargetSeconds} offset={offset} /> : <span className="wait calm">{t('status.ended')}</span>}
          </div>
          <p className="queue-last">{room.typing ? t('chat.typing') : (last?.text ?? chat.title)}</p>
        </div>
      </div>
    </section>
  );
}
