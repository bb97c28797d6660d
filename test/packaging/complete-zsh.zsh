# Usage: zsh -f complete-zsh.zsh SCRIPT LINE
# Types LINE and a tab into a zsh on a terminal of its own, and prints each candidate as a line `HIT:candidate`.
zmodload zsh/zpty
export SCRIPT=$1
zpty shell zsh -f -i
zpty -w shell "source ${(q)0:A:h}/complete-zsh-inside.zsh"
zpty -r shell line '*READY*'
zpty -w -n shell "$2"$'\t'
all=
while zpty -r shell line; do
  all+=$line
  [[ $line == *DONE* ]] && break
done
print -r -- $all
