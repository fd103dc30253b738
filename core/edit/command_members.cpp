#include "core/edit/command_members.h"

#include <algorithm>

#include "core/base/text.h"

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
    {"DeleteRecord DeleteRecords RestoreRecord RestoreRecords EmptyRecycleBin", "object id ids where"},
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
    {"RouteLeads TakeLead", "id ids where"},
    {"UpdateOccurrence DeleteOccurrence", "object id date scope fields"},
    {"AddToSegment RemoveFromSegment", "object id ids where segment name"},
    {"CopyPipeline", "from name default"},
};

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::string_view first = words.substr(0, words.find(' '));
        if (equals_ignoring_ascii_case(first, word)) return true;
        words.remove_prefix(std::min(words.size(), first.size() + 1));
    }
    return false;
}

const Known* known_command(std::string_view name) {
    const auto* found = std::ranges::find_if(known_members, [&](const Known& known) { return has_word(known.name, name); });
    return found == std::end(known_members) ? nullptr : found;
}

void add_unread(const Json& json, std::string_view members, const std::string& path, std::vector<std::string>& unread) {
    for (const auto& [name, value] : json.members())
        if (!has_word(members, name)) unread.push_back(path + name);
}

void add_unread_of_values(const Json& body, const std::string& path, std::vector<std::string>& unread) {
    for (const char* list : {"values", "picklistValues"}) {
        const Json* values = body.find(list);
        for (std::size_t at = 0; values && at < values->items().size(); ++at)
            add_unread(values->items()[at], value_members, path + list + '[' + std::to_string(at) + "].", unread);
    }
}

void add_unread_of_command(const Json& command, const std::string& path, std::vector<std::string>& unread) {
    // {"command": "Undo"} or {"Undo": {}}: what says which command it is isn't a member of it.
    const Known* known = nullptr;
    std::string_view naming;
    for (const std::string_view key : {"command", "op", "name", "type"})
        if (const Json* name = command.find(key); !known && name && name->is_string() && (known = known_command(name->text()))) naming = key;
    if (!known) {
        for (const auto& [key, value] : command.members()) {
            known = known_command(key);
            if (!known) continue;
            Json body = value;
            if (body.is_object()) add_unread_of_command(body.set("command", key), path + key + '.', unread);
            return;
        }
        return;
    }
    for (const auto& [name, value] : command.members())
        if (name != naming && !has_word(known->members, name)) unread.push_back(path + name);
    if (known->members == field_members) add_unread_of_values(command, path, unread);
    if (const Json* name_field = command.find("nameField")) add_unread(*name_field, "type label displayFormat", path + "nameField.", unread);
    if (const Json* commands = command.find("commands"); commands && known->members == "commands")
        for (std::size_t at = 0; at < commands->items().size(); ++at)
            add_unread_of_command(commands->items()[at], path + "commands[" + std::to_string(at) + "].", unread);
}

}  // namespace

std::vector<std::string> unread_members(const Json& command) {
    std::vector<std::string> unread;
    add_unread_of_command(command, {}, unread);
    return unread;
}

}  // namespace outpost
