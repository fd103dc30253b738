#include "shell/native/arguments.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace outpost {
namespace {

struct OptionRule {
    std::string_view name;
    bool takes_value;
    std::string_view commands;  // that know it; "" all
};
constexpr std::array option_rules = {
    OptionRule{"--data", true, ""},
    OptionRule{"--now", true, ""},
    OptionRule{"--language", true, ""},
    OptionRule{"--format", true, "query export"},
    OptionRule{"--object", true, "import export"},
    OptionRule{"--map", true, "import"},
    OptionRule{"--external-id", true, "import"},
    OptionRule{"--create-missing", false, "import"},
    OptionRule{"--leave-unknown-empty", false, "import"},
    OptionRule{"--accept-suggestions", false, "import"},
    OptionRule{"--dry-run", false, "import"},
    OptionRule{"--date-order", true, "import"},
    OptionRule{"--decimal-sign", true, "import"},
    OptionRule{"--encoding", true, "import"},
    OptionRule{"--delimiter", true, "import"},
    OptionRule{"--header", true, "import"},
    OptionRule{"--failures", true, "import"},
    OptionRule{"--opportunities", true, "generate"},
    OptionRule{"--seed", true, "generate"},
    OptionRule{"--remove", false, "generate"},
};

struct CommandRule {
    std::string_view name;
    std::size_t positional_min, positional_max;
};
constexpr std::array command_rules = {
    CommandRule{"query", 1, 1},    CommandRule{"execute", 1, 1}, CommandRule{"import", 1, 1},  CommandRule{"describe", 0, 1},
    CommandRule{"generate", 0, 0}, CommandRule{"verify", 0, 0},  CommandRule{"export", 0, 1},  CommandRule{"backup", 1, 1},
    CommandRule{"restore", 1, 1},  CommandRule{"duplicates", 1, 1}, CommandRule{"forecast", 0, 1}, CommandRule{"routing", 0, 1},  CommandRule{"calendar", 0, 1}, CommandRule{"capture", 1, 1},
    CommandRule{"tasks", 0, 1},
};

bool is_word_of(std::string_view words, std::string_view word) {
    return words.empty() || (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

std::optional<std::string> Arguments::option(std::string_view name) const {
    for (const auto& [key, value] : options)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string> Arguments::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : options)
        if (key == name) values.push_back(value);
    return values;
}

Arguments parse_arguments(int count, char** words, std::string& problem) {
    Arguments arguments;
    for (int i = 1; i < count && problem.empty(); ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--")) {
            if (arguments.command.empty()) arguments.command = word;
            else arguments.positional.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto rule = std::ranges::find(option_rules, std::string_view(name), &OptionRule::name);
        if (rule == option_rules.end()) problem = "unknown option " + name;
        else if (!rule->takes_value) arguments.options.emplace_back(name, "");
        else if (equals != std::string::npos) arguments.options.emplace_back(name, word.substr(equals + 1));
        else if (i + 1 < count) arguments.options.emplace_back(name, words[++i]);
        else problem = name + " needs a value";
    }
    if (!problem.empty()) return arguments;
    const auto rule = std::ranges::find(command_rules, std::string_view(arguments.command), &CommandRule::name);
    if (arguments.command.empty()) problem = "no command given";
    else if (rule == command_rules.end()) problem = "unknown command " + arguments.command;
    else if (arguments.positional.size() < rule->positional_min) problem = arguments.command + " needs one more argument";
    else if (arguments.positional.size() > rule->positional_max) problem = "too many arguments for " + arguments.command;
    else if (!arguments.has("--data")) problem = "--data DIR is missing";
    else if (arguments.command == "import" && !arguments.has("--object")) problem = "import needs --object OBJECT";
    for (const auto& [name, value] : arguments.options)
        if (problem.empty() && !is_word_of(std::ranges::find(option_rules, std::string_view(name), &OptionRule::name)->commands, arguments.command))
            problem = arguments.command + " does not know " + name;
    return arguments;
}

std::string usage() {
    return "usage: outpost --data DIR [--now ISO] [--language en|zh] COMMAND\n"
           "  query \"SOQL\" [--format json|csv|table]\n"
           "  execute '{...}' | -            one command, or one a line on standard input\n"
           "  import FILE --object O [--map \"Header=Field\"]... [--external-id Field] [--create-missing] [--leave-unknown-empty] [--accept-suggestions]\n"
           "         [--date-order dmy|mdy|ymd] [--decimal-sign .|,] [--encoding E] [--delimiter C] [--header yes|no]\n"
           "         [--failures FILE] [--dry-run]\n"
           "  duplicates '{...}'             records that may be the same: {\"object\": \"Lead\", \"fields\": {...}}\n"
           "  forecast ['{...}']             {\"period\": \"Quarter\" | \"Month\", \"scope\": \"Team\", \"user\": ID, \"since\": \"2026-11-19\"}\n"
           "  routing ['{...}']              {\"where\": \"CreatedDate = TODAY\", \"ids\": [ID], \"limit\": 200}: who would own which leads\n"
           "  calendar ['{...}']             {\"from\": \"2026-11-23\", \"to\": \"2026-11-29\", \"owners\": [ID]}: events and tasks day by day\n"
           "  capture LINE                   what a line such as \"Call with Ann at Acme, follow up Tue\" is understood to be, as commands\n"
           "  tasks ['{...}']                {\"owners\": [ID], \"group\": \"today\", \"limit\": 100}: open tasks by when they are due\n"
           "  describe [O]\n"
           "  generate [--opportunities N] [--seed S] | generate --remove\n"
           "  verify\n"
           "  export [FOLDER] [--object O] [--format csv|json]\n"
           "  backup FILE | restore FILE\n"
           "Exit status: 0 all done, 1 something was refused (said on standard error), 2 wrong arguments.\n";
}

}  // namespace outpost
