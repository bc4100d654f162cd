export interface ServerEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * Reads server-sent events from text that may be cut anywhere, also between CR and LF. Follows the event stream format of
 * the HTML standard: comments are dropped, data lines are joined, an event without data is none, the last id stays.
 */
export class SseParser {
  private rest = '';
  private afterCR = false;
  private started = false;
  private event = '';
  private data: string[] = [];
  private id = '';

  push(chunk: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    let text = chunk;
    if (!this.started && text.length > 0) {
      this.started = true;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    for (const char of splitKeepingBreaks(text)) {
      if (char === '\n' && this.afterCR) {
        this.afterCR = false;
        continue;
      }
      this.afterCR = char === '\r';
      if (char === '\n' || char === '\r') {
        const event = this.line(this.rest);
        this.rest = '';
        if (event) events.push(event);
      } else {
        this.rest += char;
      }
    }
    return events;
  }

  private line(line: string): ServerEvent | undefined {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    return undefined;
  }

  private dispatch(): ServerEvent | undefined {
    const { event, data, id } = this;
    this.event = '';
    this.data = [];
    if (data.length === 0) return undefined;
    return { event: event || 'message', data: data.join('\n'), id };
  }
}

/** Runs of ordinary text, and each line break alone. */
function splitKeepingBreaks(text: string): string[] {
  return text.match(/[^\r\n]+|\r|\n/g) ?? [];
}
