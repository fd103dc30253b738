#include "core/workspace/workspace.h"

#include <algorithm>

#include "core/activity/feed.h"
#include "core/activity/series.h"
#include "core/conversion/convert_lead.h"
#include "core/conversion/merge.h"
#include "core/conversion/routing.h"
#include "core/edit/command_members.h"
#include "core/edit/define.h"
#include "core/edit/initial_records.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/query/columns_answer.h"
#include "core/workspace/answers.h"

namespace outpost {

struct Workspace::State {
    explicit State(WorkspacePorts given)
        : ports(given), messages(Language::English), editor(records, EditContext{given.clock, given.random, {}, 0}),
          database(*given.storage, records, editor) {}

    WorkspacePorts ports;
    LocalTime local_time{*ports.clock};
    Messages messages;
    Records records;
    Editor editor;
    Database database;
    bool open = false;
    std::uint64_t revision = 1;
    int first_weekday = 0;
    Days day = 0;
    RecordRef user;
};

namespace {

template <typename T>
constexpr std::size_t command_index() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        std::size_t found = 0;
        ((std::is_same_v<T, std::variant_alternative_t<I, Command>> ? void(found = I) : void()), ...);
        return found;
    }(std::make_index_sequence<std::variant_size_v<Command>>());
}

}  // namespace

Workspace::Workspace(WorkspacePorts ports) : state_(std::make_unique<State>(ports)) {
    add_standard_objects(state_->records.mutable_schema());
    state_->records.sync_tables_with_schema();
    state_->editor.set_handler(command_index<ConvertLead>(), [](Transaction& transaction, const Command& command) {
        return convert_lead(transaction, std::get<ConvertLead>(command));
    });
    state_->editor.set_handler(command_index<MergeRecords>(), [](Transaction& transaction, const Command& command) {
        return merge_records(transaction, std::get<MergeRecords>(command));
    });
    state_->editor.set_handler(command_index<RouteLeads>(), [this](Transaction& transaction, const Command& command) {
        return route_leads(transaction, std::get<RouteLeads>(command), query_context());
    });
    state_->editor.set_handler(command_index<TakeLeads>(), [](Transaction& transaction, const Command& command) {
        return take_leads(transaction, std::get<TakeLeads>(command));
    });
    // A part may say which records it is for by a condition: answered when it is its turn.
    state_->editor.set_handler(command_index<Batch>(), [this](Transaction& transaction, const Command& command) {
        return perform_parts(std::get<Batch>(command), state_->records, [&](const Json& json) {
            return parse(json).and_then([&](const Command& part) { return state_->editor.perform(transaction, part); });
        });
    });
    state_->editor.set_handler(command_index<ChangeOccurrence>(), [](Transaction& transaction, const Command& command) {
        return change_occurrence(transaction, std::get<ChangeOccurrence>(command));
    });
    state_->editor.set_handler(command_index<CreateRecord>(), [](Transaction& transaction, const Command& command) {
        return create_activity(transaction, std::get<CreateRecord>(command));
    });
    state_->editor.set_handler(command_index<UpdateRecord>(), [](Transaction& transaction, const Command& command) {
        const auto& update = std::get<UpdateRecord>(command);
        auto outcome = update_activities(transaction, update.record.object, {update.record.row}, update.fields);
        if (outcome) outcome->record_count = 0;
        return outcome;
    });
    state_->editor.set_handler(command_index<UpdateRecords>(), [](Transaction& transaction, const Command& command) {
        const auto& update = std::get<UpdateRecords>(command);
        return update_activities(transaction, update.object, update.rows, update.fields);
    });
}

Workspace::~Workspace() = default;

void Workspace::open(std::function<void(Result<OpenReport>)> done) {
    state_->database.open([this, done = std::move(done)](Result<OpenReport> report) {
        if (!report) return done(std::move(report));
        State& state = *state_;
        state.editor.on_group([this](const ChangeGroup& group) {
            ++state_->revision;
            state_->database.append(group);
        });
        state.open = true;
        if (!first_live(state.records, standard_object::user)) create_initial_records(state.editor, std::string(state.messages.text("workspace.first_user")), std::string(state.messages.text("workspace.organization")));
        state.user = first_live(state.records, standard_object::user);
        state.editor.set_user(state.user);
        ++state.revision;
        done(std::move(report));
    });
}

bool Workspace::is_open() const { return state_->open; }
const Records& Workspace::records() const { return state_->records; }
const Schema& Workspace::schema() const { return state_->records.schema(); }
Editor& Workspace::editor() { return state_->editor; }
Database& Workspace::database() { return state_->database; }

Result<CommandOutcome> Workspace::execute(const Command& command) { return state_->editor.execute(command); }

Result<Command> Workspace::parse(const Json& json) const {
    OUTPOST_TRY(const NamedCommand named, name_of_command(json));
    const Json* where = named.body->find("where");
    if (!where || where->is_null()) return parse_command(json, state_->records);
    // A mass command says which records by a condition: the query engine answers it, the command gets the rows. What names
    // its records as well would be done to others than those.
    constexpr std::string_view mass_commands[] = {"UpdateRecords", "DeleteRecords", "RouteLeads", "AddToSegment", "RemoveFromSegment"};
    if (!std::ranges::contains(mass_commands, named.name)) return fail(ErrorCode::InvalidArgument, "error.where_not_here");
    if (!where->is_string()) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {"where"});
    if (named.body->find("id") || named.body->find("ids")) return fail(ErrorCode::InvalidArgument, "error.records_told_twice");
    Json explicit_rows = *named.body;
    std::erase_if(explicit_rows.members(), [](const Json::Member& member) { return member.first == "where"; });
    explicit_rows.set("command", std::string(named.name)).set("ids", Json::array());
    OUTPOST_TRY(Command command, parse_command(explicit_rows, state_->records));
    std::string soql = "SELECT Id FROM " + std::string(named.name == "RouteLeads" ? "Lead" : named.body->text_or("object", "")) + " WHERE ";
    const int before = static_cast<int>(soql.size());
    auto query = parse_soql(soql += where->text(), state_->records);
    if (!query) {   // positions count in what was given
        query.error().position = std::max(query.error().position - before, -1);
        return std::unexpected(std::move(query).error());
    }
    OUTPOST_TRY(RowSelection selection, select(*query));
    std::visit([&](auto& wanted) { if constexpr (requires { wanted.rows = std::move(selection.rows); }) wanted.rows = std::move(selection.rows); }, command);
    return command;
}

Json Workspace::execute_json(const Json& json, Sequence& sequence) {
    sequence = 0;
    auto command = parse(json);
    if (!command) return error_to_json(command.error(), state_->messages);
    auto outcome = execute(*command);
    if (!outcome) return error_to_json(outcome.error(), state_->messages);
    sequence = outcome->sequence;
    Json answer = outcome_to_json(*outcome, *command, state_->records);
    if (const std::vector<std::string> unread = unread_members(json); !unread.empty()) {
        Json names = Json::array();
        for (const std::string& name : unread) names.push(name);
        answer.set("ignored", std::move(names));
    }
    return answer;
}

std::string Workspace::query_json(std::string_view soql) {
    auto query = parse_soql(soql, state_->records);
    if (!query) return error_to_json(query.error(), state_->messages).dump();
    auto answer = run_to_json(*query, state_->records, query_context());
    if (!answer) return error_to_json(answer.error(), state_->messages).dump();
    return *std::move(answer);
}

std::optional<Bytes> Workspace::query_columns(std::string_view soql) const {
    const auto query = parse_soql(soql, state_->records);
    if (!query || !is_columnar(*query, state_->records.schema())) return std::nullopt;
    auto columns = run_to_columns(*query, state_->records, query_context());
    if (!columns) return std::nullopt;
    return *std::move(columns);
}

Json Workspace::describe_json(std::string_view object) const {
    if (object.empty()) return describe_objects(state_->records.schema(), state_->messages);
    const Object* found = state_->records.schema().find_object(object);
    if (!found)
        return error_to_json(Error{ErrorCode::InvalidType, "error.unknown_object", {std::string(object)}}, state_->messages);
    return describe_object(*found, state_->records.schema(), state_->messages);
}

Result<RowSelection> Workspace::select(const Query& query) const {
    return select_rows(query, state_->records, query_context());
}

Result<AggregateAnswer> Workspace::aggregate(const Query& query) const {
    return run_aggregate(query, state_->records, query_context());
}

QueryContext Workspace::query_context() const {
    const Milliseconds now = state_->ports.clock->now();
    state_->local_time.check(now);
    return {.now = now, .utc_offset_minutes = state_->ports.clock->utc_offset_minutes(now), .local_time = &state_->local_time,
            .fiscal_start_month = fiscal_start_month(), .first_weekday = state_->first_weekday, .user = state_->user};
}

Result<CommandOutcome> Workspace::undo() { return execute(Undo{}); }
Result<CommandOutcome> Workspace::redo() { return execute(Redo{}); }

RecordRef Workspace::current_user() const { return state_->user; }

std::string Workspace::currency() const {
    const RecordRef organization = first_live(state_->records, standard_object::organization);
    if (!organization) return "USD";
    const Value value = state_->records.value(organization, organization_field::default_currency);
    const auto* text = std::get_if<std::string>(&value);
    return text ? *text : "USD";
}

int Workspace::fiscal_start_month() const {
    const RecordRef organization = first_live(state_->records, standard_object::organization);
    if (!organization) return 1;
    const Value value = state_->records.value(organization, organization_field::fiscal_start_month);
    const auto* month = std::get_if<Decimal>(&value);
    const auto whole = month ? rescale(*month, 0, Rounding::HalfUp) : std::nullopt;
    return whole && whole->units >= 1 && whole->units <= 12 ? static_cast<int>(whole->units) : 1;
}

WorkingTime Workspace::working_time() const { return working_time_of(state_->records); }

Milliseconds Workspace::now() const { return state_->ports.clock->now(); }

Days Workspace::today() const {
    const Milliseconds instant = now();
    return day_of_instant(instant, state_->ports.clock->utc_offset_minutes(instant));
}

Sequence Workspace::applied_sequence() const { return state_->editor.applied_sequence(); }
Sequence Workspace::durable_sequence() const { return state_->database.durable_sequence(); }
std::uint64_t Workspace::revision() const { return state_->revision; }
void Workspace::tick() { state_->database.tick(); }
const Messages& Workspace::messages() const { return state_->messages; }
void Workspace::set_language(Language language) {
    if (state_->messages.language() == language) return;
    state_->messages = Messages(language);
    ++state_->revision;
}

void Workspace::follow_calendar(int first_weekday) {
    if (state_->first_weekday == first_weekday && state_->day == today()) return;
    state_->first_weekday = first_weekday;
    state_->day = today();
    ++state_->revision;
}
int Workspace::first_weekday() const { return state_->first_weekday; }

}  // namespace outpost
