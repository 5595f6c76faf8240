import '../../browser/redeeming.test'; // once more, with axe on each screen
