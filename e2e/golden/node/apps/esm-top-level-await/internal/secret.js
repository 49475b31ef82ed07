export const secret = 'inside';
