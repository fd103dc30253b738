// The command line of the native shell, taken apart.
// Invariant: words are kept as they were typed; what they mean is for the command to say.
// Called by: shell/native/main.cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace outpost {

struct Arguments {
    std::string command;
    std::vector<std::string> positional;
    std::vector<std::pair<std::string, std::string>> options;  // "--map" may stand several times

    std::optional<std::string> option(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
    bool has(std::string_view name) const { return option(name).has_value(); }
};

// `problem` says what is wrong with the arguments, "" when they are fine.
Arguments parse_arguments(int count, char** words, std::string& problem);
std::string usage();

}  // namespace outpost
