#include "core/edit/command_members.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/validate.h"

namespace outpost {

namespace {

struct Known {
    std::string_view name, members;   // both: words, parted by single blanks
};

constexpr std::string_view value_members =
    "value fullName label active default defaultValue position color won closed converted probability forecastCategory guidance "
    "validFor keyFields requiredFields oldValue";
constexpr std::string_view field_members =
    "object field type label relationshipName defaultValue formula displayFormat help inlineHelpText required unique externalId "
    "caseSensitive restricted hidden length precision scale controllingField values picklistValues convertsTo referenceTo";

constexpr Known known_members[] = {
    {"CreateRecord", "object fields defaults"},
    {"UpdateRecord", "object id fields"},
    {"UpdateRecords", "object id ids where fields"},
    {"DeleteRecords", "object id ids where"},
    {"DeleteRecord RestoreRecord RestoreRecords EmptyRecycleBin", "object id ids"},
    {"ConvertLead", "id lead status account contact opportunity owner task"},
    {"MergeRecords", "object master others fields"},
    {"DefineObject", "object label pluralLabel icon nameField"},
    {"UpdateObject", "object label pluralLabel icon hidden nameField boardField"},
    {"DeleteObject", "object"},
    {"DefineField UpdateField", field_members},
    {"DeleteField", "object field"},
    {"Batch", "commands"},
    {"Undo", "seq sequence"},
    {"Redo", ""},
    {"RouteLeads", "id ids where"},
    {"TakeLead", "id ids"},
    {"UpdateOccurrence DeleteOccurrence", "object id date scope fields"},
    {"AddToSegment RemoveFromSegment", "object id ids where segment name"},
    {"CopyPipeline", "from name default"},
};

// The word as it stands there, in whatever case it is asked for; "": it isn't there.
std::string_view find_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::string_view first = words.substr(0, words.find(' '));
        if (equals_ignoring_ascii_case(first, word)) return first;
        words.remove_prefix(std::min(words.size(), first.size() + 1));
    }
    return {};
}

std::string_view known_command(std::string_view text) {
    for (const Known& known : known_members)
        if (const std::string_view name = find_word(known.name, text); !name.empty()) return name;
    return {};
}

void add_unread(const Json& json, std::string_view members, const std::string& path, std::vector<std::string>& unread) {
    for (const auto& [name, value] : json.members())
        if (find_word(members, name).empty()) unread.push_back(path + name);
}

void add_unread_of_values(const Json& body, const std::string& path, std::vector<std::string>& unread) {
    for (const char* list : {"values", "picklistValues"}) {
        const Json* values = body.find(list);
        for (std::size_t at = 0; values && at < values->items().size(); ++at)
            add_unread(values->items()[at], value_members, path + list + '[' + std::to_string(at) + "].", unread);
    }
}

void add_unread_of_command(const Json& command, std::string path, std::vector<std::string>& unread) {
    const auto named = name_of_command(command);
    if (!named) return;
    const Json& body = *named->body;
    const auto* known = std::ranges::find_if(known_members, [&](const Known& each) { return !find_word(each.name, named->name).empty(); });
    if (&body != &command) path += std::string(named->key) + '.';
    for (const auto& [name, value] : body.members())
        if ((&body != &command || name != named->key) && find_word(known->members, name).empty()) unread.push_back(path + name);
    if (known->members == field_members) add_unread_of_values(body, path, unread);
    for (const char* made : {"account", "contact", "opportunity"})   // their values may stand there without a "fields" around them
        if (const Json* record = named->name == "ConvertLead" ? body.find(made) : nullptr; record && record->find("fields")) add_unread(*record, "fields", path + made + '.', unread);
    if (const Json* name_field = body.find("nameField")) add_unread(*name_field, "type label displayFormat", path + "nameField.", unread);
    if (known->name != "Batch") return;
    const Json* commands = body.is_array() ? &body : body.find("commands");
    for (std::size_t at = 0; commands && at < commands->items().size(); ++at)
        add_unread_of_command(commands->items()[at], path + "commands[" + std::to_string(at) + "].", unread);
}

}  // namespace

Result<NamedCommand> name_of_command(const Json& json) {
    if (!json.is_object()) return fail(ErrorCode::UnknownCommand, "error.command_not_object");
    for (const std::string_view key : {"command", "op", "name", "type"}) {
        const Json* member = json.find(key);
        if (!member || !member->is_string()) continue;
        if (const std::string_view name = known_command(member->text()); !name.empty()) return NamedCommand{name, &json, key};
        if (key == "command") return fail(ErrorCode::UnknownCommand, "error.unknown_command", {shown_value(member->text())});
    }
    for (const auto& [key, value] : json.members())
        if (const std::string_view name = known_command(key); !name.empty() && (value.is_object() || value.is_array() || value.is_null()))
            return NamedCommand{name, &value, key};
    return fail(ErrorCode::UnknownCommand, "error.command_missing");
}

std::vector<std::string> unread_members(const Json& command) {
    std::vector<std::string> unread;
    add_unread_of_command(command, {}, unread);
    return unread;
}

}  // namespace outpost
