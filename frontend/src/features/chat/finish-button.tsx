import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FaultNote } from '../../shared/ui/fault-note';
import { urls } from '../../shared/urls';
import { finishChat } from './api/finish-chat';
import { chatKey } from './api/get-chat';

/** Ends the chat and goes to its scorecard, after one question. */
export function FinishButton({ chatId, unsent }: { chatId: string; unsent: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const finishing = useMutation({
    mutationFn: () => finishChat(chatId),
    onSuccess: (review) => {
      setAsking(false);
      queries.setQueryData(['scorecard', chatId], review);
      queries.setQueryData(chatKey(chatId), review.chat);
      void queries.invalidateQueries({ queryKey: ['scenarios'] });
      void queries.invalidateQueries({ queryKey: ['chats'] });
      void navigate(urls.scorecard.to(chatId));
    },
  });
  return (
    <>
      <Button data-testid="finish-chat" onClick={() => setAsking(true)}>
        {t('finish.button')}
      </Button>
      <Modal
        open={asking}
        title={t('finish.title')}
        okText={t('finish.confirm')}
        cancelText={t('finish.stay')}
        okButtonProps={{ 'data-testid': 'finish-confirm' }}
        confirmLoading={finishing.isPending}
        onOk={() => finishing.mutate()}
        onCancel={() => {
          finishing.reset();
          setAsking(false);
        }}
        width={440}
        centered
      >
        <p>{t('finish.detail')}</p>
        {unsent > 0 && <p className="finish-unsent">{t('finish.unsent', { count: unsent })}</p>}
        {finishing.error && (
          <div style={{ marginTop: 12 }}>
            <FaultNote fault={finishing.error} />
          </div>
        )}
      </Modal>
    </>
  );
}
