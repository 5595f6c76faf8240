import '../../browser/aid.test'; // once more, with axe on each screen
