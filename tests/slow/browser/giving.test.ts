import '../../browser/giving.test'; // once more, with axe on each screen
