#include <cstdio>
#include <fstream>

#include "core/store/snapshot.h"
#include "shell/common/import_script.h"
#include "shell/native/commands.h"

namespace outpost {
namespace {

// The options of the scripting contract from the command line; `problem` says what is wrong with them.
Json import_options(const Arguments& arguments, std::string& problem) {
    Json options = Json::object();
    Json map = Json::object();
    for (const std::string& pair : arguments.all("--map")) {
        const std::size_t equals = pair.rfind('=');
        if (equals == std::string::npos) problem = "--map takes Header=Field";
        else map.set(pair.substr(0, equals), pair.substr(equals + 1));
    }
    if (!map.members().empty()) options.set("map", std::move(map));
    if (const auto field = arguments.option("--external-id")) options.set("externalId", *field);
    if (arguments.has("--create-missing")) options.set("createMissing", true);
    if (arguments.has("--accept-suggestions")) options.set("acceptSuggestions", true);
    if (arguments.has("--leave-unknown-empty")) options.set("leaveUnknownEmpty", true);
    if (arguments.has("--dry-run")) options.set("dryRun", true);
    if (const auto order = arguments.option("--date-order")) options.set("dateOrder", *order);
    if (const auto sign = arguments.option("--decimal-sign")) options.set("decimalSign", *sign);
    if (const auto encoding = arguments.option("--encoding")) options.set("encoding", *encoding);
    if (const auto delimiter = arguments.option("--delimiter")) options.set("delimiter", *delimiter);
    if (const auto header = arguments.option("--header")) {
        if (*header == "yes" || *header == "no") options.set("header", *header == "yes");
        else problem = "--header takes yes or no";
    }
    return options;
}

}  // namespace

int run_import(Session& session, const Arguments& arguments) {
    const std::string& path = arguments.positional[0];
    std::string problem;
    Json request = Json::object();
    request.set("object", *arguments.option("--object")).set("options", import_options(arguments, problem));
    if (!problem.empty()) return refuse(problem);
    std::ifstream file(path, std::ios::binary);
    if (!file) return refuse("could not read " + path);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    MemorySource source({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    Sequence sequence = 0;
    Json answer = import_by_script(session.workspace, session.clock, session.text_decoder, path, source, request, sequence);
    if (!session.settle(problem)) return refuse(problem);
    // Where they can't be written the answer has them: what was imported is imported.
    const auto failures_path = arguments.option("--failures");
    const bool told = !failures_path || write_text_file(*failures_path, answer.text_or("failures_csv", ""));
    if (failures_path && told) answer.set("failures_csv", *failures_path);
    std::string line = answer.dump();
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stdout);
    if (!answer.boolean_or("ok", false)) {
        const Json* error = answer.find("error");
        return refuse(error ? error->text_or("message", "the import was refused") : "the import was refused");
    }
    // Never in silence: what was taken for something alike is said, and can be undone.
    if (const Json* suggestions = answer.find("suggestions"))
        for (const Json& suggestion : suggestions->items())
            std::fprintf(stderr, "outpost: %s: \"%s\" %s \"%s\" (%s rows)\n", std::string(suggestion.text_or("header", "")).c_str(),
                         std::string(suggestion.text_or("value", "")).c_str(), suggestion.boolean_or("taken", false) ? "was taken for" : "is alike",
                         std::string(suggestion.text_or("suggestion", "")).c_str(), std::to_string(suggestion.integer_or("rows", 0)).c_str());
    const std::int64_t failed = answer.integer_or("failed", 0);
    if (failed == 0) return told ? 0 : 1;
    return refuse(std::to_string(failed) + " of " + std::to_string(answer.integer_or("total", 0)) + " rows were not imported; see failures_csv");
}

}  // namespace outpost
