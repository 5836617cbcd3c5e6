import common.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='код')),
                ('name', models.CharField(max_length=500, verbose_name='название')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('is_retired', models.BooleanField(default=False, verbose_name='больше не выбирается')),
                ('short_name', models.CharField(blank=True, max_length=150, verbose_name='коротко')),
                ('unit', models.CharField(choices=[('percent', '%'), ('people', 'чел.'), ('participations', 'участий'), ('points', 'баллов'), ('ratio', 'безразмерная величина')], max_length=20, verbose_name='единица измерения')),
                ('better', models.CharField(choices=[('up', 'больше – лучше'), ('down', 'меньше – лучше')], default='up', max_length=10, verbose_name='что лучше')),
                ('numerator_label', models.CharField(blank=True, max_length=300, verbose_name='числитель')),
                ('denominator_label', models.CharField(blank=True, max_length=300, verbose_name='знаменатель')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='источник данных')),
                ('municipality', models.ForeignKey(blank=True, help_text='Пусто – для всех муниципалитетов', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'показатель',
                'verbose_name_plural': 'показатели',
                'ordering': ['position', 'name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', False)), fields=('municipality', 'code'), name='indicators_indicator_code_f', violation_error_message='Такой код уже есть в этом справочнике'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', True)), fields=('code',), name='indicators_indicator_code_e', violation_error_message='Такой код уже есть в этом справочнике')],
            },
        ),
        migrations.CreateModel(
            name='Breakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='код')),
                ('name', models.CharField(max_length=200, verbose_name='разрез')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breakdowns', to='indicators.indicator', verbose_name='показатель')),
            ],
            options={
                'verbose_name': 'разрез показателя',
                'verbose_name_plural': 'разрезы показателя',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'code'), name='breakdown_code')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', common.fields.AcademicYearField(verbose_name='учебный год')),
                ('low', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='не менее')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='не более')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='targets', to='indicators.indicator', verbose_name='показатель')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='indicator_targets', to='schools.school', verbose_name='школа')),
            ],
            options={
                'verbose_name': 'целевое значение',
                'verbose_name_plural': 'целевые значения',
                'ordering': ['indicator', 'year'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('school__isnull', False)), fields=('indicator', 'municipality', 'school', 'year'), name='indicatortarget_once_f', violation_error_message='Цель на этот год уже есть'), models.UniqueConstraint(condition=models.Q(('school__isnull', True)), fields=('indicator', 'municipality', 'year'), name='indicatortarget_once_e', violation_error_message='Цель на этот год уже есть'), models.CheckConstraint(condition=models.Q(('low__isnull', False), ('high__isnull', False), _connector='OR'), name='indicatortarget_something', violation_error_message='Укажите хотя бы одну границу цели'), models.CheckConstraint(condition=models.Q(('low', None), ('high', None), ('high__gte', models.F('low')), _connector='OR'), name='indicatortarget_band', violation_error_message='Верхняя граница цели меньше нижней')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', common.fields.AcademicYearField(verbose_name='учебный год')),
                ('not_applicable', models.BooleanField(default=False, verbose_name='не применимо')),
                ('numerator', models.PositiveIntegerField(blank=True, null=True, verbose_name='числитель')),
                ('denominator', models.PositiveIntegerField(blank=True, null=True, verbose_name='знаменатель')),
                ('number', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='значение')),
                ('state', models.CharField(choices=[('draft', 'черновик'), ('submitted', 'на проверке'), ('checked', 'проверено')], default='draft', max_length=20, verbose_name='состояние')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто внёс')),
                ('breakdown', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='values', to='indicators.breakdown', verbose_name='разрез')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто проверил')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='values', to='indicators.indicator', verbose_name='показатель')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicator_values', to='schools.school', verbose_name='школа')),
            ],
            options={
                'verbose_name': 'значение показателя',
                'verbose_name_plural': 'значения показателей',
                'ordering': ['indicator__position', 'breakdown__position', 'year'],
                'indexes': [models.Index(fields=['school', 'year'], name='indicators__school__33a77d_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('breakdown__isnull', False)), fields=('indicator', 'breakdown', 'school', 'year'), name='indicatorvalue_once_f', violation_error_message='Значение за этот год уже внесено'), models.UniqueConstraint(condition=models.Q(('breakdown__isnull', True)), fields=('indicator', 'school', 'year'), name='indicatorvalue_once_e', violation_error_message='Значение за этот год уже внесено'), models.CheckConstraint(condition=models.Q(models.Q(('denominator', None), ('not_applicable', True), ('number', None), ('numerator', None)), models.Q(('denominator', None), ('not_applicable', False), ('number__isnull', False), ('numerator', None)), models.Q(('denominator__isnull', False), ('not_applicable', False), ('number', None), ('numerator__isnull', False)), _connector='OR'), name='indicatorvalue_one_kind', violation_error_message='Внесите число, дробь целиком или отметьте «н/п»'), models.CheckConstraint(condition=models.Q(('denominator', None), ('denominator__gt', 0), _connector='OR'), name='indicatorvalue_denominator', violation_error_message='Знаменатель должен быть больше нуля'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'checked'), _negated=True), ('checked_by__isnull', False), _connector='OR'), name='indicatorvalue_checked_by', violation_error_message='Укажите, кто проверил значение')],
            },
        ),
    ]
