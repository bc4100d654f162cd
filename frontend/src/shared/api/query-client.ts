import { QueryClient } from '@tanstack/react-query';
import { mayPass } from './fault';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, fault) => count < 1 && mayPass(fault), refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
