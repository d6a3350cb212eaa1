export default { 'empty.json': '' };
