// Editor: turns commands into change groups, validates them, applies them (the only code that mutates records), and
// keeps the undo stack. All or nothing: a refused command leaves no trace.
// Invariant: derived columns (a person's Name, ExpectedRevenue, IsClosed ...) are right after every apply.
// Called by: workspace. Conversion, import and merge register or build on its steps (Transaction).
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/ports.h"
#include "core/edit/command.h"

namespace outpost {

struct EditContext {
    Clock* clock = nullptr;
    Random* random = nullptr;
    RecordRef user;               // who edits; none before the first user record exists
    std::uint32_t id_salt = 0;    // device salt of new record ids
};

// Whether check_new_records has just found nothing in these very columns.
enum class NewRecords : bool { AreUnchecked, AreChecked };

// A running edit: steps are applied to the records at once, collected, and rolled back if any step fails.
// Planners that make several dependent changes (conversion, batches) work through one.
class Transaction {
public:
    Transaction(Records& records, const EditContext& context);
    ~Transaction();               // rolls back unless commit() was called
    Transaction(const Transaction&) = delete;

    const Records& records() const;
    const EditContext& context() const;
    // Each validates fully (types, required, length, restricted picklists, unique, references, converted leads
    // read-only), then applies. Derived and system columns are set along.
    Result<RecordRef> create(ObjectIndex object, std::vector<FieldValue> fields, bool apply_defaults);
    Status update(ObjectIndex object, std::vector<RowIndex> rows, const std::vector<FieldValue>& fields);
    Status set_state(ObjectIndex object, std::vector<RowIndex> rows, RowState state);
    // before of the change is filled in; names are kept unique.
    Status change_schema(SchemaChange change);
    // A number field at another scale; `values` are all rows' units at the new one.
    Status rescale_field(ObjectIndex object, Field field, Column values);
    // New values at the end of a picklist; those that it has already are passed over.
    Status add_picklist_values(ObjectIndex object, FieldIndex field, const std::vector<std::string>& values);
    // Many records at once, values already in columns of the right kind (import, sample data). Values are checked
    // column-wise; a fault refuses the whole.
    Result<RowIndex> create_many(ObjectIndex object, std::uint32_t count, std::vector<FieldColumn> columns, NewRecords are = NewRecords::AreUnchecked);
    Status patch(ObjectIndex object, FieldIndex field, std::vector<RowIndex> rows, Column after);
    // Several fields of many records at once, each column one value a row or one for all (an import that updates).
    Status update_many(ObjectIndex object, std::vector<RowIndex> rows, std::vector<FieldColumn> columns);
    // Lets a conversion write to system-protected fields (IsConverted ...) of its own lead.
    void allow_protected_fields(bool allow);

    // STORAGE_FAILURE: a step could not be read back from a journal. The edit must then be taken back.
    Status status() const;
    ChangeGroup commit();         // the collected group
    Milliseconds time() const;    // one instant for the whole edit

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Mutates the records by one group. Trusts its content only as far as memory safety needs: a group from a damaged or
// foreign journal that does not fit is refused whole (StorageFailure) and nothing is changed.
Status apply(Records& records, const ChangeGroup& group);

// What can be undone and redone. Fed with every applied group, in order, by the editor and by recovery: undo and redo
// groups in the journal move their entry from one side to the other.
// The group that a database begins with: there is nothing before it to go back to, so it can't be undone.
inline constexpr std::string_view first_records_label = "edit.first_records";

class UndoStack {
public:
    struct Entry {
        Sequence sequence = 0;   // of the edit as it was first made: its name for Undo{sequence}
        Sequence applied = 0;    // of the group that brought it into force last
        ChangeGroup inverse;
        std::string label_key;
        std::vector<std::string> label_arguments;
        std::size_t bytes = 0;
        bool over_gap = false;   // an edit before it was taken back out of turn: the state that it found is not there any more
    };
    void push(ChangeGroup group);
    void clear();
    bool can_undo() const { return !undo_.empty(); }
    bool can_redo() const { return !redo_.empty(); }
    const Entry* next_undo() const { return undo_.empty() ? nullptr : &undo_.back(); }
    const Entry* next_redo() const { return redo_.empty() ? nullptr : &redo_.back(); }
    // The edit first made as that sequence, while it is in force and still kept; nullptr: undone already, or too old.
    const Entry* find_undo(Sequence sequence) const;

private:
    friend class Editor;
    std::optional<Entry> take(std::deque<Entry>& from, Sequence applied);
    void add(std::deque<Entry>& to, Entry entry);

    std::deque<Entry> undo_, redo_;   // bounded in number and bytes; the oldest go first
    std::size_t bytes_ = 0;
};

class Editor {
public:
    // A command handler of a higher layer (conversion, merge): does its steps on the transaction.
    using Handler = std::function<Result<CommandOutcome>(Transaction&, const Command&)>;

    Editor(Records& records, EditContext context);
    // Registers who performs ConvertLead, MergeRecords, RouteLeads, TakeLeads; by index of the command in the variant.
    void set_handler(std::size_t command_index, Handler handler);
    void set_user(RecordRef user);

    // Performs the command. On success the group was applied, given the next sequence, put on the undo stack, and
    // handed to `on_group` (which appends it to the journal).
    Result<CommandOutcome> execute(const Command& command);
    Result<CommandOutcome> execute_json(const Json& json);
    // A custom edit as one undoable group: `steps` works on the transaction.
    Result<CommandOutcome> run(std::string label_key, std::vector<std::string> label_arguments, EditOrigin origin,
                               const std::function<Result<CommandOutcome>(Transaction&)>& steps);
    // One command's steps inside of a running edit.
    Result<CommandOutcome> perform(Transaction& transaction, const Command& command);
    void on_group(std::function<void(const ChangeGroup&)> callback);

    const UndoStack& undo_stack() const { return undo_stack_; }
    UndoStack& mutable_undo_stack() { return undo_stack_; }     // recovery puts back what the journal holds
    Sequence applied_sequence() const { return applied_sequence_; }
    void set_applied_sequence(Sequence sequence) { applied_sequence_ = sequence; }
    const EditContext& context() const { return context_; }
    // What opening found: the device's salt for new ids, and the newest stamp of the journal, which later ones exceed.
    void set_id_salt(std::uint32_t salt) { context_.id_salt = salt; }
    std::uint64_t last_stamp() const { return last_stamp_; }
    void set_last_stamp(std::uint64_t stamp) { last_stamp_ = stamp; }

private:
    Result<CommandOutcome> perform_batch(Transaction& transaction, const Batch& batch);
    Result<CommandOutcome> execute_undo(Sequence sequence);
    Result<CommandOutcome> execute_redo();
    Result<CommandOutcome> execute_group(ChangeGroup group);
    // Gives the group its sequence and stamp, hands it to the journal, and puts its inverse on the undo stack.
    Sequence finish(ChangeGroup group);
    ChangeGroup reversal(const UndoStack::Entry& entry, EditOrigin origin) const;

    Records& records_;
    EditContext context_;
    UndoStack undo_stack_;
    Sequence applied_sequence_ = 0;
    std::uint64_t last_stamp_ = 0;
    std::vector<Handler> handlers_;
    std::function<void(const ChangeGroup&)> on_group_;
};

}  // namespace outpost
