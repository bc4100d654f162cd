import { describe, expect, it } from 'vitest';
import { complaintAbout, csvText, fileLimit } from './import-file';

describe('complaintAbout', () => {
  it.each([
    ['people.csv', 10, undefined],
    ['名单.TXT', fileLimit, undefined],
    ['people.csv', 0, 'empty'],
    ['people.csv', fileLimit + 1, 'large'],
    ['people.xlsx', 10, 'workbook'],
    ['people.csv.xls', 10, 'workbook'],
    ['photo.png', 10, 'other'],
    ['people', 10, 'other'],
  ])('%s of %i bytes: %s', (name, size, complaint) => {
    expect(complaintAbout({ name, size })).toBe(complaint);
  });
});

describe('csvText', () => {
  it('quotes what would break a line and disarms what would be a formula', () => {
    expect(csvText([['a,b', 'say "hi"'], ['=1+1', '林小雨']])).toBe('\uFEFF"a,b","say ""hi"""\r\n\'=1+1,林小雨\r\n');
  });
});
