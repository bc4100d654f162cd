import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startLanguage } from './shared/locale/language';
import './shared/theme/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
await startLanguage();
createRoot(root).render(<App />);
