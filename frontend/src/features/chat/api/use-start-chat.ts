import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { newId } from '../../../shared/lib/new-id';
import { urls } from '../../../shared/urls';
import { chatKey } from './get-chat';
import { startChat } from './start-chat';

/** Starts a chat on a scenario and goes there. The key of an attempt lives until it has succeeded. */
export function useStartChat() {
  const keys = useRef(new Map<string, string>());
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (scenarioId: string) => {
      const key = keys.current.get(scenarioId) ?? newId();
      keys.current.set(scenarioId, key);
      return startChat({ scenarioId, key });
    },
    onSuccess: (chat, scenarioId) => {
      keys.current.delete(scenarioId);
      queries.setQueryData(chatKey(chat.id), chat);
      void queries.invalidateQueries({ queryKey: ['scenarios'] });
      void queries.invalidateQueries({ queryKey: ['chats'] });
      void navigate(urls.chat.to(chat.id));
    },
  });
}
