exports.named = 'n';
exports.other = __filename.length > 0;
