// The native shell: the same core as the page's, over a folder, for scripts, tests and integrations. Wiring only.
#include <algorithm>
#include <cstdio>
#include <string>

#include "core/base/date.h"
#include "shell/native/commands.h"

int main(int count, char** words) {
    using namespace outpost;
    const auto asks_help = [](std::string_view word) { return word == "--help" || word == "-h"; };
    if (std::any_of(words + 1, words + count, asks_help) || (count == 2 && std::string_view(words[1]) == "help")) {
        std::fputs(usage().c_str(), stdout);
        return 0;
    }
    std::string problem;
    const Arguments arguments = parse_arguments(count, words, problem);
    std::optional<Milliseconds> now;
    if (const auto text = arguments.option("--now"); text && problem.empty()) {
        now = parse_iso_instant(*text);
        if (const auto day = parse_iso_date(*text); !now && day) now = Milliseconds{*day} * milliseconds_per_day;
        if (!now) problem = "--now takes a date or a date-time in ISO 8601";
    }
    if (const auto format = arguments.option("--format"); format && arguments.command == "query" && problem.empty() &&
        *format != "json" && *format != "csv" && *format != "table")
        problem = "--format takes json, csv or table";
    if (!problem.empty()) {
        std::fprintf(stderr, "outpost: %s\n%s", problem.c_str(), usage().c_str());
        return 2;
    }
    Session session(*arguments.option("--data"), now);
    session.workspace.set_language(language_of_tag(arguments.option("--language").value_or("en")));
    if (!session.open(problem)) return refuse(problem);

    struct Entry { std::string_view name; int (*run)(Session&, const Arguments&); };
    constexpr Entry entries[] = {{"query", run_query},       {"execute", run_execute}, {"import", run_import},
                                 {"describe", run_describe}, {"generate", run_generate}, {"verify", run_verify},
                                 {"export", run_export},     {"backup", run_backup},   {"restore", run_restore},
                                 {"duplicates", run_duplicates}, {"forecast", run_forecast},
                                 {"routing", run_routing}, {"calendar", run_calendar}, {"capture", run_capture},
                                 {"tasks", run_tasks}};
    for (const Entry& entry : entries) {
        if (entry.name != arguments.command) continue;
        const int status = entry.run(session, arguments);
        const bool told = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
        return told ? status : refuse("could not write to standard output");
    }
    return 2;
}
