export const x = undefinedName;
